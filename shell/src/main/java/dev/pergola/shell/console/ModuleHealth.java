package dev.pergola.shell.console;

import java.util.List;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * How the versions of a module fare in browsers, as consoles show it.
 *
 * @param versions highest first
 */
public record ModuleHealth(List<Version> versions, Guard guard) {

	/**
	 * Asks the registry for the health of a module since yesterday, and for its guard.
	 * @param registry whom to ask
	 * @param request request of the person
	 * @param module name of the module
	 * @return what is known; nothing while the registry is away
	 */
	public static Mono<ModuleHealth> of(ServiceClient registry, ServerRequest request, String module) {
		return Mono
			.zip(registry.get(request, "/modules/{module}/health", module),
					registry.get(request, "/modules/{module}/guard", module))
			.map((told) -> new ModuleHealth(told.getT1().isDone()
					? told.getT1().body().path("versions").valueStream().map(Version::of).toList() : List.of(),
					Guard.of(told.getT2())));
	}

	private static String text(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isNull() ? "" : value.asString("");
	}

	private static String measured(JsonNode node, String name, String unit) {
		JsonNode value = node.path(name);
		return value.isNumber() ? (value.asString("").replaceAll("\\.0$", "") + unit) : "–";
	}

	/**
	 * Health of a version; what was not measured is a dash.
	 *
	 * @param errorRate share of loads that failed or threw, with unit
	 * @param mount, lcp, inp, cls what three quarters of the measurements do not exceed,
	 * with unit
	 * @param errors latest first
	 */
	public record Version(String version, String loads, String errorRate, String mount, String lcp, String inp,
			String cls, List<Error> errors) {

		static Version of(JsonNode node) {
			return new Version(text(node, "version"), text(node, "loads"), measured(node, "errorRate", " %"),
					measured(node, "mountP75Millis", " ms"), measured(node, "lcpP75Millis", " ms"),
					measured(node, "inpP75Millis", " ms"), measured(node, "clsP75", ""),
					node.path("lastErrors").valueStream().map(Error::of).toList());
		}

	}

	/**
	 * An error that people met.
	 *
	 * @param id what the person who met it last saw of it, may be empty
	 * @param byPeople how often somebody pressed Report
	 */
	public record Error(String message, String reason, String stack, String page, String browser, String id,
			String seen, String byPeople, String last) {

		static Error of(JsonNode node) {
			return new Error(text(node, "message"), text(node, "reason"), text(node, "stack"), text(node, "page"),
					text(node, "browser"), text(node, "lastId"), text(node, "seen"), text(node, "byPeople"),
					AuditLine.time(text(node, "lastAt")));
		}

	}

	/**
	 * What watches the rollout.
	 *
	 * @param state {@code off}, {@code idle}, {@code watching} or {@code stopped}; empty
	 * when it is not known
	 * @param tag tag of its rules
	 * @param steps shares, with commas
	 */
	public record Guard(String state, String tag, boolean enabled, String maxErrorRate, String maxLcp, String minLoads,
			String window, String steps, String stepAfter, String verdict, String stoppedAt) {

		static Guard of(ServiceAnswer answer) {
			JsonNode body = answer.body();
			JsonNode rules = body.path("rules");
			String tag = answer.eTag();
			return new Guard(text(body, "state"), (tag != null) ? tag : "", rules.path("enabled").asBoolean(true),
					or(rules, "maxErrorRate", rules.isObject() ? "" : "2"), or(rules, "maxLcp", ""),
					or(rules, "minLoads", "200"), or(rules, "window", "10m"),
					String.join(", ", rules.path("steps").valueStream().map((step) -> step.asString("")).toList()),
					or(rules, "stepAfter", "30m"), text(body, "verdict"), AuditLine.time(text(body, "stoppedAt")));
		}

		private static String or(JsonNode rules, String name, String otherwise) {
			String text = text(rules, name);
			return text.isEmpty() ? otherwise : text;
		}

	}

}
