package dev.pergola.bridge.run;

import java.util.Locale;

import dev.pergola.bridge.agui.AgUi;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.process.Exit;
import dev.pergola.bridge.runner.RunnerFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a run ends, and the event that tells of it.
 *
 * @param code Empty unless it failed.
 */
record Ending(RunState state, String terminal, String code, @Nullable ObjectNode usage) {

	private static final String INTERRUPTED = "interrupted";

	/** How it ended, in one word. */
	String outcome() {
		return this.state.name().toLowerCase(Locale.ROOT);
	}

	/** The same, told otherwise. */
	Ending told(String otherTerminal) {
		return new Ending(this.state, otherTerminal, this.code, this.usage);
	}

	static Ending failed(String code, String message, @Nullable ObjectNode usage) {
		return new Ending(RunState.FAILED, AgUi.runError(code, message, usage), code, usage);
	}

	static Ending failed(String code, String message) {
		return failed(code, message, null);
	}

	/** A stop for any other reason than a person's wish is a failure, and says so. */
	static Ending stopped(StopReason reason, RunInput input, @Nullable ObjectNode usage) {
		return (reason == StopReason.CANCELLED) ? cancelled(input, usage)
				: failed(reason.code(), reason.message(), usage);
	}

	/**
	 * What a program said about its end.
	 * @param exit how it ended, {@code null} where it goes on or had to be ended
	 * @param spoke whether it said anything before
	 */
	static Ending of(TurnEnd end, RunInput input, RunnerFormat format, @Nullable Exit exit, boolean spoke) {
		return switch (end) {
			case TurnEnd.Finished(ObjectNode usage) -> succeeded(input, usage);
			case TurnEnd.Stopped(String reason, ObjectNode usage) when reason.equals(INTERRUPTED) ->
				failed("AGENT_INTERRUPTED", "The agent broke off, though nobody asked it to.", usage);
			case TurnEnd.Stopped(String reason, ObjectNode usage) -> cancelled(input, usage);
			case TurnEnd.Failed(String code, String message, ObjectNode usage) -> failed(code, message, usage);
			case TurnEnd.Waiting waiting -> new Ending(RunState.PARKED,
					AgUi.runInterrupted(input, waiting.interrupts(), waiting.usage()), "", waiting.usage());
			case TurnEnd.OutputEnded ended -> exited(input, format, exit, spoke);
		};
	}

	/** A program that was told nothing about its end: the exit code decides. */
	static Ending exited(RunInput input, RunnerFormat format, @Nullable Exit exit, boolean spoke) {
		if (exit == null) {
			return failed("AGENT_NO_RESULT", "The agent fell silent, but did not end.");
		}
		if (exit.isNoStart() && !spoke) {
			return failed("AGENT_START", "The agent could not be started.");
		}
		if (exit.code() != 0) {
			Integer signal = exit.signal();
			return failed("AGENT_EXIT", (signal != null) ? "The agent was ended by signal %d.".formatted(signal)
					: "The agent ended with an error (exit code %d).".formatted(exit.code()));
		}
		return (spoke && format.endsWithExit()) ? succeeded(input, null)
				: failed("AGENT_NO_RESULT", "The agent ended without an answer.");
	}

	private static Ending succeeded(RunInput input, @Nullable ObjectNode usage) {
		return new Ending(RunState.SUCCEEDED, AgUi.runFinished(input, false, usage), "", usage);
	}

	private static Ending cancelled(RunInput input, @Nullable ObjectNode usage) {
		return new Ending(RunState.CANCELLED, AgUi.runFinished(input, true, usage), "", usage);
	}

}
