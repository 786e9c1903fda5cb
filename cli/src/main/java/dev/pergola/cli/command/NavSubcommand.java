package dev.pergola.cli.command;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** What every command below {@code pergola nav} has. */
abstract class NavSubcommand implements Callable<Integer> {

	@ParentCommand
	private @Nullable NavCommand nav;

	final Pergola pergola() {
		if (this.nav == null) {
			throw new IllegalStateException("not parsed yet");
		}
		return this.nav.pergola();
	}

	/** One sentence per change, and whom all of it concerns. */
	static String sentences(JsonNode diff) {
		if (diff.path("changes").isEmpty()) {
			return "nothing changes";
		}
		String sentences = diff.path("changes")
			.valueStream()
			.map((change) -> change.path("sentence").asString(""))
			.distinct()
			.collect(Collectors.joining(System.lineSeparator()));
		return sentences + System.lineSeparator() + affected(diff.path("affected"));
	}

	private static String affected(JsonNode affected) {
		if (affected.path("people").asInt(-1) == 0) {
			return "nobody will notice";
		}
		if (affected.path("everyone").asBoolean(false)) {
			return "everybody who is signed in will notice";
		}
		return "people with one of these will notice: " + affected.path("roles")
			.valueStream()
			.map((names) -> names.valueStream().map((name) -> name.asString("")).collect(Collectors.joining(" and ")))
			.collect(Collectors.joining(", "));
	}

}
