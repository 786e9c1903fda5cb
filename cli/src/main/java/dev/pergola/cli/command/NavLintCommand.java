package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code pergola nav lint}. */
@Command(name = "lint", description = "Say what is wrong with the draft of the navigation; ends with 1 at an error.")
final class NavLintCommand extends NavSubcommand {

	@Option(names = "--live", description = "What is live, and not the draft.")
	private boolean live;

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode findings = registry.query(this.live ? "?of=live" : "?of=draft", "navigation", "lint").body();
			List<String> lines = new ArrayList<>();
			boolean wrong = false;
			for (JsonNode finding : findings) {
				String severity = finding.path("severity").asString("");
				wrong |= severity.equals("error");
				lines.add("%s %s: %s".formatted(severity, finding.path("rule").asString(""),
						finding.path("message").asString("")));
			}
			pergola().print(findings, lines.isEmpty() ? "nothing found" : String.join(System.lineSeparator(), lines));
			return wrong ? Exit.REFUSED.code() : 0;
		}
	}

}
