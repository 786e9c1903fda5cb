package dev.pergola.bridge.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.pergola.bridge.agui.AgUi;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.ProgramIo;
import dev.pergola.bridge.driver.TurnEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small format of lines. The program is told {@code hello}, {@code run <run id>},
 * {@code resume <run id>} and {@code interrupt}; it says {@code ready}, and then one word
 * of {@link Said} with a text per line.
 */
final class ScriptedDriver implements Driver {

	@Override
	public Dialogue open(ProgramIo io) {
		return new Scripted(io);
	}

	/** What a program may say. */
	private enum Said {

		SAY, OPEN, ALIVE, SPEND, DONE, STOPPED, WAIT, FAIL

	}

	/** One program. */
	private static final class Scripted implements Dialogue {

		private static final String MORE_THAN_A_PIPE_HOLDS = "x".repeat(100_000);

		private final ProgramIo io;

		private final AtomicBoolean waits = new AtomicBoolean();

		private Scripted(ProgramIo io) {
			this.io = io;
		}

		@Override
		public void handshake() throws IOException, DialogueException {
			this.io.writeLine("hello");
			if (!"ready".equals(this.io.readLine())) {
				throw new DialogueException("AGENT_PROTOCOL", "The agent did not greet.");
			}
			this.waits.set(true);
		}

		@Override
		public TurnEnd turn(RunInput input, EventSink events) throws IOException, DialogueException {
			this.waits.set(false);
			this.io.writeLine((input.json().contains("resume") ? "resume " : "run ") + input.runId());
			for (String line = this.io.readLine(); line != null; line = this.io.readLine()) {
				TurnEnd end = heard(line, input, events);
				if (end != null) {
					this.waits.set(true);
					return end;
				}
			}
			return new TurnEnd.OutputEnded();
		}

		@Override
		public boolean interrupt() {
			try {
				this.io.writeLine("interrupt " + MORE_THAN_A_PIPE_HOLDS);
				return true;
			}
			catch (IOException gone) {
				return false;
			}
		}

		@Override
		public boolean canGoOn() {
			return this.waits.get();
		}

		private static @Nullable TurnEnd heard(String line, RunInput input, EventSink events) throws DialogueException {
			String[] words = line.split(" ", 2);
			String text = (words.length > 1) ? words[1] : "";
			String message = input.runId() + ":0";
			switch (word(words[0])) {
				case SAY -> {
					events.emit(AgUi.textStart(message));
					events.emit(AgUi.textContent(message, text));
					events.emit(AgUi.textEnd(message));
				}
				case OPEN -> events.emit(AgUi.textStart(message));
				case ALIVE -> events.alive();
				case SPEND -> events.emit(node(Map.of("type", "CUSTOM", "name", "pergola.usage")).set("value",
						node(Map.of()).put("totalTokens", Long.parseLong(text))));
				case DONE -> {
					return new TurnEnd.Finished(node(Map.of()).put("totalTokens", 7));
				}
				case STOPPED -> {
					return new TurnEnd.Stopped("interrupted", null);
				}
				case WAIT -> {
					return new TurnEnd.Waiting(List.of(node(Map.of("id", text, "reason", "tool_call"))), null);
				}
				case FAIL -> {
					return new TurnEnd.Failed("api_400", text, null);
				}
			}
			return null;
		}

		private static Said word(String word) throws DialogueException {
			try {
				return Said.valueOf(word.toUpperCase(java.util.Locale.ROOT));
			}
			catch (IllegalArgumentException ex) {
				throw new DialogueException("AGENT_PROTOCOL", "The agent said something nobody understands.");
			}
		}

		private static ObjectNode node(Map<String, String> fields) {
			ObjectNode node = JsonMapper.shared().createObjectNode();
			fields.forEach(node::put);
			return node;
		}

	}

}
