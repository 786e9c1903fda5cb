package dev.pergola.shell.services;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.pergola.shell.agents.Written;
import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.layout.Texts;
import tools.jackson.databind.JsonNode;

/**
 * A module's service as people read it; what is not there is empty.
 *
 * @param host in parts between which a line may be broken
 * @param words the state in words
 * @param look of the badge with the state, empty when all is well
 * @param since since when it is not called, and until when
 * @param calls in flight, of how many
 * @param own of these, the module's own where others call the same service
 * @param lastMinute what failed, was refused and was made again, a line for each; of a
 * service in trouble that was not called in that time its last failure
 * @param contracts what becomes of calls that are not as its description says, empty for
 * nothing
 */
record ServiceRow(String module, String team, List<String> host, ServiceState state, String words, String look,
		String since, String calls, String own, List<String> lastMinute, String contracts) {

	static ServiceRow of(JsonNode service, Texts texts, Clock clock) {
		ServiceState state = ServiceState.of(service);
		long inFlight = service.path("inFlight").asLong(0);
		long all = service.path("upstreamInFlight").asLong(0);
		return new ServiceRow(Written.text(service, "module"), Written.text(service, "team"),
				List.of(Written.text(service, "host").split("(?<=\\.)")), state,
				texts.get("services.state." + state.label()), state.look(), since(service, state, texts, clock),
				texts.get("services.calls.of", Written.count(all, texts),
						Written.count(service.path("limit").asLong(0), texts)),
				(inFlight == all) ? "" : texts.get("services.calls.own", Written.count(inFlight, texts)),
				lastMinute(service, state, texts),
				texts.find("services.contracts." + Written.text(service, "contracts")).orElse(""));
	}

	private static String since(JsonNode service, ServiceState state, Texts texts, Clock clock) {
		String from = AuditLine.time(Written.text(service, "openSince"));
		if (from.isEmpty()) {
			return "";
		}
		String until = Written.text(service, "openUntil");
		if (state != ServiceState.OPEN || until.isEmpty()) {
			return texts.get("services.since", from);
		}
		return clock.instant().isBefore(Instant.parse(until))
				? texts.get("services.since.until", from, timeOfDay(until)) : texts.get("services.since.next", from);
	}

	private static String timeOfDay(String instant) {
		return AuditLine.time(instant).substring("2026-11-29 ".length());
	}

	private static List<String> lastMinute(JsonNode service, ServiceState state, Texts texts) {
		JsonNode counts = service.path("lastMinute");
		List<String> lines = new ArrayList<>();
		if (!counts.path("failures").isEmpty()) {
			lines
				.add(texts.get("services.minute.failures", kinds(counts.path("failures"), "services.failure.", texts)));
		}
		else if (state != ServiceState.WELL && service.path("lastFailure").isString()) {
			lines.add(texts.get("services.failure.last",
					word("services.failure.", Written.text(service, "lastFailure"), texts)));
		}
		if (!counts.path("refused").isEmpty()) {
			lines.add(texts.get("services.minute.refused", kinds(counts.path("refused"), "services.refusal.", texts)));
		}
		if (counts.path("retries").asLong(0) > 0) {
			lines.add(texts.get("services.minute.retries", Written.count(counts, "retries", texts)));
		}
		return lines;
	}

	private static String kinds(JsonNode counts, String prefix, Texts texts) {
		return counts.propertyStream()
			.map((kind) -> Written.count(kind.getValue().asLong(0), texts) + " × " + word(prefix, kind.getKey(), texts))
			.collect(Collectors.joining(", "));
	}

	// A bff that is newer may have kinds this shell has no words for.
	private static String word(String prefix, String kind, Texts texts) {
		return texts.find(prefix + kind).orElse(kind);
	}

}
