package dev.pergola.bridge.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.process.Isolation;
import dev.pergola.bridge.process.Launcher;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.Runners;
import dev.pergola.bridge.trace.Traces;
import dev.pergola.bridge.trace.TracingProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs of real programs without a server. Closing it checks that nothing is left of them.
 */
final class TestRuns implements AutoCloseable {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Path homes;

	private final Launcher launcher;

	private final Runs runs;

	TestRuns(Path homes, Map<String, Runner> runners, Function<Runner, Driver> drivers) {
		this(homes, runners, drivers, 8, 25,
				new Traces(new TracingProperties(null, Map.of(), Duration.ofSeconds(1), 10)));
	}

	TestRuns(Path homes, Map<String, Runner> runners, Function<Runner, Driver> drivers, int maxRuns, int maxQueued,
			Traces traces) {
		this(homes, runners, drivers, maxRuns, maxQueued, traces, Duration.ZERO);
	}

	TestRuns(Path homes, Map<String, Runner> runners, Function<Runner, Driver> drivers, int maxRuns, int maxQueued,
			Traces traces, Duration unreadAfter) {
		this.homes = homes;
		this.launcher = new Launcher(homes, Isolation.AUTO, null, null);
		RunLimits limits = new RunLimits(maxRuns, 8, 25, maxQueued, 3, 3, DataSize.ofBytes(0),
				new StopWaits(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(300)), unreadAfter,
				Duration.ofMinutes(5), 1000, DataSize.ofMegabytes(8), DataSize.ofMegabytes(50));
		this.runs = new Runs(new Runners(runners), limits, this.launcher, drivers, this.meters, traces);
	}

	Runs all() {
		return this.runs;
	}

	SimpleMeterRegistry meters() {
		return this.meters;
	}

	Run start(String person, String runner, String thread, String json) {
		return start(new Caller(person, "", "", null), runner, thread, json);
	}

	Run start(Caller caller, String runner, String thread, String json) {
		return this.runs.start(caller, runner, new RunInput(thread, UUID.randomUUID().toString(), "hello", json, json));
	}

	double counter(String name, String tag, String value) {
		Counter counter = this.meters.find("pergola.agent-bridge." + name).tag(tag, value).counter();
		return (counter != null) ? counter.count() : 0;
	}

	double gauge(String name) {
		return this.meters.get("pergola.agent-bridge." + name).gauge().value();
	}

	@Override
	public void close() {
		this.runs.close();
		this.launcher.close();
		assertThat(this.homes.resolve("leases")).isEmptyDirectory();
		assertThat(this.homes).isDirectoryNotContaining("glob:**/run-*");
	}

	static List<JsonNode> events(Run run) {
		List<RunEvent> events = run.after(0).collectList().block(Duration.ofSeconds(30));
		return events.stream().map((event) -> JsonMapper.shared().readTree(event.data())).toList();
	}

	static List<String> types(List<JsonNode> events) {
		return events.stream().map((event) -> event.path("type").asString()).toList();
	}

	static String outcome(List<JsonNode> events) {
		return events.getLast().at("/outcome/type").asString("");
	}

	static String text(List<JsonNode> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> text.append(event.path("delta").asString("")));
		return text.toString();
	}

}
