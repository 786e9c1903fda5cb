package dev.pergola.bridge.driver;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

import dev.pergola.bridge.agui.AgUi;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.runner.RunnerInput;

/**
 * Programs that read their input to its end and print UTF-8 text: one message that grows
 * as they print. A character whose bytes come in several reads stays whole; bytes that
 * are no UTF-8 become U+FFFD.
 *
 * @param input What the program reads.
 */
public record TextDriver(RunnerInput input) implements Driver {

	@Override
	public Dialogue open(ProgramIo io) {
		return new TextDialogue(io, this.input);
	}

	/** One program, one run: its input ends before it answers. */
	private record TextDialogue(ProgramIo io, RunnerInput form) implements Dialogue {

		private static final int PIECE = 4096;

		@Override
		public void handshake() {
			// a program that prints text has none
		}

		@Override
		public TurnEnd turn(RunInput input, EventSink events) throws IOException {
			this.io.writeAll(input.bytes(this.form));
			Message message = new Message(input.runId() + ":0", events);
			relay(message);
			message.close();
			return new TurnEnd.OutputEnded();
		}

		@Override
		public boolean interrupt() {
			return false;
		}

		@Override
		public boolean canGoOn() {
			return false;
		}

		private void relay(Message message) throws IOException {
			Reader reader = new InputStreamReader(this.io.output(), StandardCharsets.UTF_8);
			char[] buffer = new char[PIECE];
			int kept = 0;
			for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer, kept, buffer.length - kept)) {
				int length = kept + count;
				kept = Character.isHighSurrogate(buffer[length - 1]) ? 1 : 0;
				message.add(new String(buffer, 0, length - kept));
				buffer[0] = buffer[length - 1];
			}
		}

	}

	/** Opens with the first word. */
	private static final class Message {

		private final String id;

		private final EventSink events;

		private boolean open;

		Message(String id, EventSink events) {
			this.id = id;
			this.events = events;
		}

		void add(String text) {
			if (text.isEmpty()) {
				return;
			}
			if (!this.open) {
				this.open = true;
				this.events.emit(AgUi.textStart(this.id));
			}
			this.events.emit(AgUi.textContent(this.id, text));
		}

		void close() {
			if (this.open) {
				this.events.emit(AgUi.textEnd(this.id));
			}
		}

	}

}
