package dev.pergola.standalone.samples;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Runners of sample agents that need what not every computer has. Without it there is no
 * such runner, and a run of the agent ends with a message that says so.
 */
public final class SampleAgents {

	private static final Log log = LogFactory.getLog(SampleAgents.class);

	private static final String RUNNER = "pergola.agent-bridge.runners.deal-briefing.";

	private SampleAgents() {
	}

	/**
	 * Adds the runners this computer can run. Settings of the same name win.
	 * @param directory folder of all data
	 */
	public static void addTo(ConfigurableEnvironment environment, Path directory) {
		addTo(environment, directory, Installed.find("node"));
	}

	static void addTo(ConfigurableEnvironment environment, Path directory, Optional<Path> node) {
		if (node.isEmpty()) {
			log.warn("  The agent Deal briefing is unavailable: node was not found on this computer.");
			return;
		}
		Path program = directory.resolve("programs/agents/researcher/deal_briefing.mjs");
		environment.getPropertySources()
			.addLast(new MapPropertySource("sampleAgents",
					Map.of(RUNNER + "title", "Deal briefing", RUNNER + "format", "ndjson", RUNNER + "command[0]",
							node.get().toString(), RUNNER + "command[1]", program.toString())));
	}

}
