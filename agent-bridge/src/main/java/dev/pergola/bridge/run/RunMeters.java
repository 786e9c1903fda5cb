package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What is counted and timed of runs and their programs.
 */
final class RunMeters {

	private static final String PREFIX = "pergola.agent-bridge.";

	/** Those of the README: programs may say whatever they like, and each is a series. */
	private static final Pattern CODE = Pattern.compile(
			"|AGENT_(START|EXIT|NO_RESULT|TIMEOUT|QUEUE_TIMEOUT|UNREAD|SILENT|OUTPUT_TOO_LARGE|BUDGET|NOT_READING|PROTOCOL|INPUT"
					+ "|INTERRUPTED|INTERRUPT_EXPIRED|SETUP|ERROR|REFUSED|FAILED)|LINE_TOO_LONG|BRIDGE_STOPPING"
					+ "|api_(error|400|401|403|404|408|413|429|500|502|503|504|529)");

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
			.tag("code", CODE.matcher(ending.code()).matches() ? ending.code() : "other")
			.register(this.registry)
			.record(time);
	}

	void output(String runner, long bytes) {
		counter("output.bytes", "runner", runner).increment((double) bytes);
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

	/**
	 * A program that waited was ended to make room for another.
	 * @param place `parked` or `kept`
	 */
	void evicted(String place) {
		counter("evictions", "place", place).increment();
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
