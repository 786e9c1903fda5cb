package dev.pergola.standalone.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.pergola.samples.agents.claude.StandInModel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The sample agent that is Claude Code, which a setting has to point at. Rules stand in
 * for the model, behind the bridge's model gateway.
 */
public final class ClaudeAgent implements AutoCloseable {

	private static final Log log = LogFactory.getLog(ClaudeAgent.class);

	private static final String MODULE = "claude";

	private static final String RUNNER = "pergola.agent-bridge.runners.claude.";

	private static final String GATEWAY = "pergola.agent-bridge.model-gateway.";

	private static final Duration PACE = Duration.ofMillis(25);

	/** Two tools of Claude's own: one that reads, and one it needs leave for. */
	private static final List<String> ARGUMENTS = List.of("-p", "--bare", "--setting-sources", "",
			"--strict-mcp-config", "--disable-slash-commands", "--no-session-persistence", "--tools", "Read,Edit",
			"--model", "claude-sonnet-4-5", "--input-format", "stream-json", "--output-format", "stream-json",
			"--verbose", "--include-partial-messages", "--permission-prompt-tool", "stdio");

	private static final List<String> QUIET = List.of("DISABLE_AUTOUPDATER", "DISABLE_TELEMETRY",
			"DISABLE_ERROR_REPORTING", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC");

	private final StandInModel model;

	private ClaudeAgent(StandInModel model) {
		this.model = model;
	}

	/**
	 * Starts what stands in for the model and adds the runner. Settings of the same name
	 * win: with a model gateway of one's own a model answers.
	 * @param directory folder of all data
	 * @param program Claude Code, {@code null} where nobody wants it
	 * @return empty where there is no such program
	 */
	public static Optional<ClaudeAgent> start(ConfigurableEnvironment environment, Path directory,
			@Nullable Path program) {
		if (program == null) {
			return Optional.empty();
		}
		if (!Files.isExecutable(program)) {
			log.warn("  The agent Claude Code is unavailable: there is no program %s.".formatted(program));
			return Optional.empty();
		}
		String key = UUID.randomUUID().toString();
		try {
			StandInModel model = StandInModel.start(key, PACE);
			Path desk = directory.resolve("samples/claude").toAbsolutePath();
			SampleFiles.unpack("samples/agents/data/", desk);
			Map<String, Object> settings = new LinkedHashMap<>(runner(program.toAbsolutePath(), desk));
			settings.put(GATEWAY + "upstream", model.uri().toString());
			settings.put(GATEWAY + "key", key);
			environment.getPropertySources().addLast(new MapPropertySource("claudeAgent", settings));
			return Optional.of(new ClaudeAgent(model));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Publishes the module that offers the agent, or withdraws it where it was offered at
	 * an earlier start.
	 * @param offered whether the agent runs here
	 */
	public static void tell(SampleRegistry registry, boolean offered) {
		if (offered) {
			registry.publish(MODULE, SampleFiles.below("samples/claude/module/"));
		}
		registry.setAvailable(MODULE, offered ? null : "Claude Code is not set up.");
	}

	@Override
	public void close() {
		this.model.close();
	}

	private static Map<String, String> runner(Path program, Path desk) {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put(RUNNER + "title", "Claude Code (no model)");
		settings.put(RUNNER + "format", "claude-stream-json");
		settings.put(RUNNER + "directory", desk.toString());
		settings.put(RUNNER + "waits.start", "30s");
		settings.put(RUNNER + "command[0]", program.toString());
		for (int index = 0; index < ARGUMENTS.size(); index++) {
			settings.put(RUNNER + "command[" + (index + 1) + "]", ARGUMENTS.get(index));
		}
		QUIET.forEach((name) -> settings.put(RUNNER + "environment." + name, "1"));
		return settings;
	}

}
