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

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The sample agent that is Claude Code, which a setting has to point at. Rules stand in
 * for the model of this one program; what others are led to is not touched.
 */
public final class ClaudeAgent implements AutoCloseable {

	private static final Log log = LogFactory.getLog(ClaudeAgent.class);

	private static final String MODULE = "claude";

	private static final String BRIDGE = "pergola.agent-bridge.";

	private static final String RUNNER = BRIDGE + "runners.claude.";

	private static final String ADDRESS = "ANTHROPIC_BASE_URL";

	private static final String KEY = "ANTHROPIC_API_KEY";

	private static final Duration PACE = Duration.ofMillis(25);

	/** Two tools of Claude's own: one that reads, and one it needs leave for. */
	private static final List<String> ARGUMENTS = List.of("-p", "--bare", "--setting-sources", "",
			"--strict-mcp-config", "--disable-slash-commands", "--no-session-persistence", "--tools", "Read,Edit",
			"--model", "claude-sonnet-4-5", "--input-format", "stream-json", "--output-format", "stream-json",
			"--verbose", "--include-partial-messages", "--permission-prompt-tool", "stdio");

	private static final List<String> QUIET = List.of("DISABLE_AUTOUPDATER", "DISABLE_TELEMETRY",
			"DISABLE_ERROR_REPORTING", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC");

	private final @Nullable StandInModel model;

	private ClaudeAgent(@Nullable StandInModel model) {
		this.model = model;
	}

	/**
	 * Adds the runner, and starts what stands in for its model. Settings of the same name
	 * win; nothing stands in where a model gateway or the environment of the runner leads
	 * to a model.
	 * @param directory folder of all data
	 * @param program Claude Code, {@code null} where nobody wants it
	 * @return empty where there is no such program, or no agent-bridge
	 */
	public static Optional<ClaudeAgent> start(ConfigurableEnvironment environment, Path directory,
			@Nullable Path program) {
		if (program == null) {
			return Optional.empty();
		}
		if ("false".equalsIgnoreCase(environment.getProperty(BRIDGE + "enabled"))) {
			return unavailable("the agent-bridge is switched off");
		}
		if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
			return unavailable("there is no program " + program);
		}
		Path desk = directory.resolve("samples/claude").toAbsolutePath();
		SampleFiles.unpack("samples/agents/data/", desk);
		Map<String, Object> settings = new LinkedHashMap<>(runner(program.toAbsolutePath(), desk));
		StandInModel model = hasModel(environment) ? null : standIn(settings);
		environment.getPropertySources().addLast(new MapPropertySource("claudeAgent", settings));
		return Optional.of(new ClaudeAgent(model));
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
		if (this.model != null) {
			this.model.close();
		}
	}

	private static Optional<ClaudeAgent> unavailable(String reason) {
		log.warn("  The agent Claude Code is unavailable: %s.".formatted(reason));
		return Optional.empty();
	}

	/** Address and key belong together: whoever sets one of them has a model. */
	private static boolean hasModel(ConfigurableEnvironment environment) {
		Map<String, String> variables = Binder.get(environment)
			.bind(RUNNER + "environment", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of());
		return environment.containsProperty(BRIDGE + "model-gateway.upstream") || variables.containsKey(ADDRESS)
				|| variables.containsKey(KEY);
	}

	private static StandInModel standIn(Map<String, Object> settings) {
		String key = UUID.randomUUID().toString();
		try {
			StandInModel model = StandInModel.start(key, PACE);
			settings.put(RUNNER + "environment." + ADDRESS, model.uri().toString());
			settings.put(RUNNER + "environment." + KEY, key);
			return model;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
