package dev.pergola.cli.registry;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A command cannot be done; the message is for the person who gave it.
 */
public final class CommandException extends RuntimeException {

	private final Exit exit;

	private final List<String> lines;

	private final transient @Nullable JsonNode problem;

	public CommandException(Exit exit, String message) {
		this(exit, message, List.of(), null);
	}

	/**
	 * Creates the exception.
	 * @param lines further lines, such as findings
	 * @param problem answer of the registry (RFC 9457), {@code null} when there is none
	 */
	public CommandException(Exit exit, String message, List<String> lines, @Nullable JsonNode problem) {
		super(message);
		this.exit = exit;
		this.lines = List.copyOf(lines);
		this.problem = problem;
	}

	public Exit exit() {
		return this.exit;
	}

	public List<String> lines() {
		return this.lines;
	}

	public @Nullable JsonNode problem() {
		return this.problem;
	}

}
