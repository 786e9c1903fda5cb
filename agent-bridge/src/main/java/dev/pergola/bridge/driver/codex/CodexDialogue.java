package dev.pergola.bridge.driver.codex;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.History;
import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.ProgramIo;
import dev.pergola.bridge.driver.Tokens;
import dev.pergola.bridge.driver.TurnEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One turn of Codex.
 */
final class CodexDialogue implements Dialogue {

	private final ProgramIo io;

	private final EventWriter writer = new EventWriter();

	CodexDialogue(ProgramIo io) {
		this.io = io;
	}

	@Override
	public void handshake() {
		// there is none
	}

	@Override
	public TurnEnd turn(RunInput input, EventSink events) throws IOException, DialogueException {
		this.writer.to(events::emit);
		String prompt = History.text(input).map((history) -> history + "\n\n" + input.prompt()).orElse(input.prompt());
		this.io.writeAll(prompt.getBytes(StandardCharsets.UTF_8));
		CodexItems items = new CodexItems(this.writer, input.runId());
		TurnEnd end = JsonLines.hear(this.io, events, (event) -> hear(event, items));
		this.writer.closeAll();
		return end;
	}

	@Override
	public boolean interrupt() {
		return false;
	}

	@Override
	public boolean canGoOn() {
		return false;
	}

	private static @Nullable TurnEnd hear(ObjectNode event, CodexItems items) {
		switch (event.path("type").asString("")) {
			case "item.started", "item.updated" -> items.started(event.path("item"));
			case "item.completed" -> items.completed(event.path("item"));
			case "turn.completed" -> {
				return new TurnEnd.Finished(usage(event.path("usage")));
			}
			case "turn.failed" -> {
				return new TurnEnd.Failed("AGENT_ERROR", "The agent could not finish its answer.",
						usage(event.path("usage")));
			}
			default -> {
			}
		}
		return null;
	}

	/** OpenAI counts as AG-UI does. */
	private static @Nullable ObjectNode usage(JsonNode usage) {
		return new Tokens(usage.path("input_tokens").asLong(0), usage.path("output_tokens").asLong(0),
				usage.path("cached_input_tokens").asLong(0), 0, usage.path("reasoning_output_tokens").asLong(0))
			.toAgUi("openai", null);
	}

}
