package dev.pergola.bridge.run;

import java.io.IOException;
import java.time.Duration;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.process.AgentProcess;
import dev.pergola.bridge.runner.Runner;

/**
 * A program that runs, and the dialogue with it.
 */
final class Program implements AutoCloseable {

	private final String runnerId;

	private final Runner runner;

	private final AgentProcess process;

	private final Dialogue dialogue;

	private volatile boolean ready;

	private volatile boolean talking;

	Program(String runnerId, Runner runner, AgentProcess process, Dialogue dialogue) {
		this.runnerId = runnerId;
		this.runner = runner;
		this.process = process;
		this.dialogue = dialogue;
	}

	String runnerId() {
		return this.runnerId;
	}

	Runner runner() {
		return this.runner;
	}

	AgentProcess process() {
		return this.process;
	}

	/** Shakes hands, where that has not been done. */
	void getReady() throws IOException, InterruptedException, DialogueException {
		if (!this.ready) {
			this.dialogue.handshake();
			this.ready = true;
		}
	}

	TurnEnd turn(RunInput input, EventSink events) throws IOException, InterruptedException, DialogueException {
		this.process.beginTurn();
		this.talking = true;
		try {
			return this.dialogue.turn(input, events);
		}
		finally {
			this.talking = false;
		}
	}

	/**
	 * Asks in words of its format to stop what it does.
	 * @return whether it was asked, and may answer
	 */
	boolean interrupt() {
		return this.dialogue.interrupt() && this.talking;
	}

	boolean canGoOn() {
		return this.process.isAlive() && this.dialogue.canGoOn();
	}

	/**
	 * Lets a program that has nothing left to do end by itself, and ends it where it does
	 * not.
	 * @return whether it ended by itself
	 */
	boolean retire(Duration wait) throws InterruptedException {
		this.process.endTurn();
		this.process.io().closeInput();
		boolean byItself = this.process.awaitExit(wait);
		this.process.kill();
		return byItself;
	}

	@Override
	public void close() {
		this.dialogue.close();
		this.process.close();
	}

}
