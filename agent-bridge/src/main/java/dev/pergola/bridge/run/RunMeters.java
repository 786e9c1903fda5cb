package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What is counted and timed of runs and their programs.
 */
final class RunMeters {

	private static final String PREFIX = "pergola.agent-bridge.";

	private final MeterRegistry registry;

	RunMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	<T> void gauge(String name, T source, ToDoubleFunction<T> value) {
		this.registry.gauge(PREFIX + name, source, value);
	}

	void queueWait(Run run, Duration time) {
		timer("queue-wait", run).record(time);
	}

	void spawned(String runner, Duration time) {
		Timer.builder(PREFIX + "spawn").tag("runner", runner).register(this.registry).record(time);
	}

	/** From the start of a run to its first event. */
	void firstEvent(Run run, Duration time) {
		timer("first-event", run).record(time);
	}

	void gap(Run run, Duration time) {
		timer("event-gap", run).record(time);
	}

	void ended(Run run, Ending ending, Duration time) {
		Timer.builder(PREFIX + "runs")
			.tag("runner", run.runnerId())
			.tag("outcome", ending.outcome())
			.tag("code", ending.code())
			.register(this.registry)
			.record(time);
	}

	void output(Run run, long bytes) {
		counter("output.bytes", "runner", run.runnerId()).increment((double) bytes);
	}

	void late(String runner, long bytes) {
		counter("late.bytes", "runner", runner).increment((double) bytes);
	}

	/** The step that ended a program. */
	void stopped(String step) {
		counter("stops", "step", step).increment();
	}

	void orphans(int count) {
		Counter.builder(PREFIX + "orphans").register(this.registry).increment(count);
	}

	/** What a program said was not in its format. */
	void unreadable(Run run) {
		counter("parse-errors", "runner", run.runnerId()).increment();
	}

	private Timer timer(String name, Run run) {
		return Timer.builder(PREFIX + name).tag("runner", run.runnerId()).register(this.registry);
	}

	private Counter counter(String name, String tag, String value) {
		return Counter.builder(PREFIX + name).tag(tag, value).register(this.registry);
	}

}
