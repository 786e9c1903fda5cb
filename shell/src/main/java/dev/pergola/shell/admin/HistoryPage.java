package dev.pergola.shell.admin;

import java.util.ArrayList;
import java.util.List;

import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /admin/history}: what each revision did, what is different between two, and the
 * way back.
 */
final class HistoryPage {

	private static final List<String> SERVED = List.of("modules", "pages", "navigation", "slots", "agents");

	private final Console console;

	HistoryPage(Console console) {
		this.console = console;
	}

	/**
	 * {@code GET /admin/history?module=&before=&from=&to=&role=}: with {@code from} also
	 * what is different since.
	 */
	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		return page(request, visitor, number(request, "from"))
			.flatMap((page) -> this.console.page(request, visitor, page));
	}

	/**
	 * {@code POST /admin/history/{revision}/restore}: {@code tag}, {@code reason},
	 * {@code module}, and {@code confirm}, the words {@code restore} and the number.
	 */
	Mono<ServerResponse> restore(ServerRequest request, Visitor visitor) {
		String revision = request.pathVariable("revision").replaceAll("[^0-9]", "");
		return this.console.forms().fields(request).flatMap((fields) -> {
			if (!Console.field(fields, "confirm").equals("restore " + revision)) {
				return refused(request, visitor, revision,
						ServiceAnswer.unsent("Nothing was changed: to confirm, type restore %s.".formatted(revision)));
			}
			return sent(request, fields, revision).flatMap((answer) -> answer.isDone()
					? Console.done("/admin/history", "restored") : refused(request, visitor, revision, answer));
		});
	}

	private Mono<ServiceAnswer> sent(ServerRequest request, MultiValueMap<String, String> fields, String revision) {
		String module = Console.field(fields, "module");
		String tag = Console.field(fields, "tag");
		String reason = Console.field(fields, "reason");
		return module.isEmpty()
				? this.console.registry().post(request, tag, reason, "/revisions/{revision}/restore", revision)
				: this.console.registry()
					.post(request, tag, reason, "/revisions/{revision}/restore?module={module}", revision, module);
	}

	private Mono<ServerResponse> refused(ServerRequest request, Visitor visitor, String revision,
			ServiceAnswer refusal) {
		return page(request, visitor, revision)
			.flatMap((page) -> this.console.page(request, visitor, Console.refused(refusal, page)));
	}

	private Mono<View> page(ServerRequest request, Visitor visitor, String from) {
		String module = request.queryParam("module").orElse("").strip();
		String before = number(request, "before");
		String query = "/revisions?limit=50" + (before.isEmpty() ? "" : "&before=" + before)
				+ (module.isEmpty() ? "" : "&module={module}");
		Mono<ServiceAnswer> asked = module.isEmpty() ? this.console.registry().get(request, query)
				: this.console.registry().get(request, query, module);
		return asked.flatMap((list) -> {
			String tag = list.eTag();
			View view = View.of("admin/history", "History")
				.section(visitor.texts().get("admin"))
				.crumb(visitor.texts().get("admin"), "/admin")
				.with("module", module)
				.with("revisions", revisions(list))
				.with("next", list.body().path("next").asString(""))
				.with("tag", (tag != null) ? tag : "")
				.with("from", from)
				.with("to", number(request, "to"))
				.with("role", request.queryParam("role").orElse("").strip())
				.with("differences", List.of());
			if (!list.isDone()) {
				return Mono.just(Console.refused(list, view));
			}
			return from.isEmpty() ? Mono.just(view) : compared(request, view, from);
		});
	}

	private Mono<View> compared(ServerRequest request, View view, String from) {
		String to = number(request, "to");
		String role = request.queryParam("role").orElse("").strip();
		String query = "/revisions/diff?from=" + from + (to.isEmpty() ? "" : "&to=" + to);
		Mono<ServiceAnswer> asked = role.isEmpty() ? this.console.registry().get(request, query)
				: this.console.registry().get(request, query + "&role={role}", role);
		return asked.map((diff) -> diff.isDone() ? view.with("differences", differences(diff.body()))
				: Console.refused(diff, view));
	}

	private static List<RevisionRow> revisions(ServiceAnswer list) {
		List<RevisionRow> rows = new ArrayList<>();
		for (JsonNode node : list.body().path("revisions")) {
			String at = node.path("at").asString("").replace('T', ' ');
			rows.add(new RevisionRow(node.path("revision").asString(""), (at.length() > 19) ? at.substring(0, 19) : at,
					AuditLine.actor(node.path("actor").asString("")), AuditLine.words(node.path("action").asString("")),
					node.path("subject").asString(""), node.path("reason").asString("")));
		}
		return rows;
	}

	private static List<DifferenceRow> differences(JsonNode diff) {
		List<DifferenceRow> rows = new ArrayList<>();
		for (JsonNode module : diff.path("modules")) {
			for (JsonNode field : module.path("fields")) {
				rows.add(new DifferenceRow(module.path("module").asString(""), field.path("name").asString(""),
						DifferenceText.of(field.path("from")), DifferenceText.of(field.path("to"))));
			}
		}
		if (diff.path("navigation").isObject()) {
			rows.add(new DifferenceRow("navigation", "overlay", DifferenceText.of(diff.at("/navigation/from")),
					DifferenceText.of(diff.at("/navigation/to"))));
		}
		for (String kind : SERVED) {
			for (JsonNode part : diff.path("served").path(kind)) {
				rows.add(new DifferenceRow(part.path("module").asString(""),
						"sees %s %s".formatted(kind, part.path("id").asString("")),
						DifferenceText.of(part.path("from")), DifferenceText.of(part.path("to"))));
			}
		}
		return rows;
	}

	private static String number(ServerRequest request, String name) {
		return request.queryParam(name).filter((text) -> text.matches("[0-9]{1,18}")).orElse("");
	}

	/** A revision as the page shows it. */
	record RevisionRow(String revision, String time, String actor, String action, String subject, String reason) {

	}

	/** Something that is different. */
	record DifferenceRow(String module, String what, String before, String after) {

	}

}
