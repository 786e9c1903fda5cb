package dev.pergola.bridge.driver;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a program's turn ended.
 */
public sealed interface TurnEnd {

	/**
	 * The program says it is done.
	 *
	 * @param usage AG-UI {@code usage} of the run, {@code null} where the program tells
	 * none
	 */
	record Finished(@Nullable ObjectNode usage) implements TurnEnd {
	}

	/**
	 * The program says it stopped: on request, or at a limit of its own.
	 *
	 * @param reason in small letters with hyphens, such as {@code interrupted} or
	 * {@code max-turns}; only whoever asked for an interruption knows whether that was
	 * one on purpose
	 */
	record Stopped(String reason, @Nullable ObjectNode usage) implements TurnEnd {
	}

	/**
	 * The program says it failed.
	 *
	 * @param code in capitals, for programs
	 * @param message for people; may reach a browser
	 */
	record Failed(String code, String message, @Nullable ObjectNode usage) implements TurnEnd {
	}

	/**
	 * The program waits for answers, which the next run of the conversation brings.
	 *
	 * @param interrupts AG-UI interrupts, each with an {@code id}
	 */
	record Waiting(List<ObjectNode> interrupts, @Nullable ObjectNode usage) implements TurnEnd {

		public Waiting {
			interrupts = List.copyOf(interrupts);
		}

	}

	/** The output ended without a word about the end: the exit code decides. */
	record OutputEnded() implements TurnEnd {
	}

}
