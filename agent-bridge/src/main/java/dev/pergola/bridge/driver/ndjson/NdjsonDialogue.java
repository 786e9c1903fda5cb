package dev.pergola.bridge.driver.ndjson;

import java.io.IOException;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.InputClosedException;
import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.ProgramIo;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.runner.LineMapping;
import org.jspecify.annotations.Nullable;

/**
 * A dialogue with a program that gets each run's whole input as one line and answers in
 * lines. Standard input stays open, so that a program that waits can be answered.
 */
final class NdjsonDialogue implements Dialogue {

	private final ProgramIo io;

	private final @Nullable LineMapping mapping;

	private final EventWriter writer = new EventWriter();

	private volatile boolean isWaiting;

	NdjsonDialogue(ProgramIo io, @Nullable LineMapping mapping) {
		this.io = io;
		this.mapping = mapping;
	}

	@Override
	public void handshake() {
		// there is none
	}

	@Override
	public TurnEnd turn(RunInput input, EventSink events) throws IOException, InterruptedException, DialogueException {
		this.writer.to(events::emit);
		ask(input);
		Answer answer = new Answer(this.writer, input.runId(), this.mapping);
		TurnEnd end = JsonLines.hear(this.io, events, answer::hear);
		this.isWaiting = end instanceof TurnEnd.Waiting;
		this.writer.closeAll();
		return end;
	}

	private void ask(RunInput input) throws IOException, DialogueException {
		try {
			JsonLines.write(this.io, JsonLines.read(input.json()).orElseThrow());
		}
		catch (InputClosedException ex) {
			// It may have answered without a look at the question, and be gone.
		}
	}

	@Override
	public boolean interrupt() {
		return false;
	}

	@Override
	public boolean canGoOn() {
		return this.isWaiting;
	}

}
