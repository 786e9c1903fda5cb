package dev.pergola.bridge.driver.ndjson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.driver.Tokens;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.runner.LineMapping;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One answer of a program, line by line: AG-UI events as they are, or their short forms.
 * What is neither means nothing.
 */
final class Answer {

	private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

	private static final int MAX_MESSAGE = 500;

	private final EventWriter writer;

	private final AgUiLines events;

	private final String runId;

	private final @Nullable LineMapping mapping;

	private int messages;

	private boolean hasText;

	private Tokens spent = Tokens.NONE;

	Answer(EventWriter writer, String runId, @Nullable LineMapping mapping) {
		this.writer = writer;
		this.events = new AgUiLines(writer);
		this.runId = runId;
		this.mapping = mapping;
	}

	/**
	 * Takes the next line.
	 * @return the end of the turn, {@code null} where it goes on
	 */
	@Nullable TurnEnd hear(ObjectNode line) {
		if (this.mapping != null) {
			return mapped(line, this.mapping);
		}
		return line.path("type").isString() ? event(line) : shortForm(line);
	}

	private @Nullable TurnEnd mapped(ObjectNode line, LineMapping to) {
		Optional<String> error = to.errorOf(line);
		if (error.isPresent()) {
			return failed("AGENT_ERROR", error.get());
		}
		to.textOf(line).ifPresent(this::say);
		return to.isDone(line) ? new TurnEnd.Finished(usage()) : null;
	}

	private @Nullable TurnEnd event(ObjectNode line) {
		return switch (line.path("type").asString("")) {
			case "RUN_ERROR" -> failed(line.path("code").asString(""), line.path("message").asString(""));
			case "RUN_FINISHED" -> {
				count(line.path("usage"));
				yield ended(line.path("outcome"));
			}
			default -> {
				this.hasText |= this.events.tell(line);
				yield null;
			}
		};
	}

	private TurnEnd ended(JsonNode outcome) {
		return switch (outcome.path("type").asString("")) {
			case "interrupt" -> {
				List<ObjectNode> interrupts = new ArrayList<>();
				for (JsonNode interrupt : outcome.path("interrupts")) {
					if (interrupt instanceof ObjectNode one && one.path("id").isString()
							&& one.path("reason").isString()) {
						interrupts.add(one);
					}
				}
				yield interrupts.isEmpty() ? failed("AGENT_PROTOCOL", "The agent waits, but does not say for what.")
						: new TurnEnd.Waiting(interrupts, usage());
			}
			case "cancelled" -> new TurnEnd.Stopped("cancelled", usage());
			default -> new TurnEnd.Finished(usage());
		};
	}

	private @Nullable TurnEnd shortForm(ObjectNode line) {
		count(line.path("usage"));
		if (line.path("delta").isString()) {
			say(line.path("delta").asString());
		}
		if (line.path("text").isString()) {
			this.messages++;
			say(line.path("text").asString());
			this.messages++;
		}
		if (line.path("tool") instanceof ObjectNode tool) {
			tool(tool);
		}
		if (line.path("toolResult") instanceof ObjectNode result) {
			this.writer.result(result.path("id").asString(""), text(result.path("content")),
					result.path("failed").asBoolean(false), null);
		}
		if (line.hasNonNull("error")) {
			JsonNode error = line.path("error");
			return failed(error.path("code").asString(""),
					error.isString() ? error.asString() : error.path("message").asString(""));
		}
		if (line.has("result")) {
			if (!this.hasText) {
				say(text(line.path("result")));
			}
			return new TurnEnd.Finished(usage());
		}
		return null;
	}

	private void tool(ObjectNode tool) {
		String id = tool.path("id").asString("");
		if (!id.isEmpty()) {
			endMessage();
			this.writer.wholeTool(id, tool.path("name").asString("tool"), text(tool.path("arguments")), null, null);
		}
	}

	private void say(String text) {
		this.hasText |= !text.isEmpty();
		if (this.messages > 0) {
			this.writer.endText(messageId(this.messages - 1));
		}
		this.writer.text(messageId(this.messages), text, null);
	}

	/** What is said after the call of a tool is another message. */
	private void endMessage() {
		this.writer.endText(messageId(this.messages));
		this.messages++;
	}

	private String messageId(int number) {
		return this.runId + ":" + number;
	}

	/**
	 * A line says what all of the run has spent, so a later one replaces an earlier one.
	 */
	private void count(JsonNode usage) {
		if (!usage.isMissingNode()) {
			Tokens total = Tokens.NONE;
			for (JsonNode one : usage.isArray() ? usage : List.of(usage)) {
				total = total.plus(Tokens.of(one));
			}
			this.spent = total;
			this.writer.spent(usage());
		}
	}

	private @Nullable ObjectNode usage() {
		return this.spent.toAgUi(null, null);
	}

	/** The program means its words for a person; they are short, or cut. */
	private TurnEnd failed(String code, String message) {
		String words = message.isBlank() ? "The agent failed." : message;
		return new TurnEnd.Failed(CODE.matcher(code).matches() ? code : "AGENT_ERROR",
				words.substring(0, Math.min(MAX_MESSAGE, words.length())), usage());
	}

	private static String text(JsonNode value) {
		if (value.isMissingNode() || value.isNull()) {
			return "";
		}
		return value.isString() ? value.asString() : value.toString();
	}

}
