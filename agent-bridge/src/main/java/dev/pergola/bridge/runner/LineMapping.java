package dev.pergola.bridge.runner;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Where a program of format `ndjson` says what, for one that was not written for the
 * bridge: JSON pointers (RFC 6901) into each line.
 *
 * @param text Pointer to a further piece of the answer.
 * @param done Pointer to what says that the answer is complete; `false`, an empty text
 * and zero do not.
 * @param error Pointer to what a person reads where the program failed.
 */
public record LineMapping(String text, @Nullable String done, @Nullable String error) {

	public LineMapping {
		JsonPointer.compile(text);
		JsonPointer.compile(done);
		JsonPointer.compile(error);
	}

	public Optional<String> textOf(JsonNode line) {
		return at(line, this.text).filter(JsonNode::isString).map(JsonNode::asString);
	}

	public boolean isDone(JsonNode line) {
		return at(line, this.done).filter((value) -> value.isContainer() || value.asBoolean(true))
			.filter((value) -> !value.isString() || !value.asString().isEmpty())
			.isPresent();
	}

	public Optional<String> errorOf(JsonNode line) {
		return at(line, this.error).map((value) -> value.isString() ? value.asString() : "The agent failed.");
	}

	private static Optional<JsonNode> at(JsonNode line, @Nullable String pointer) {
		return Optional.ofNullable(pointer).map(line::at).filter((value) -> !value.isMissingNode() && !value.isNull());
	}

}
