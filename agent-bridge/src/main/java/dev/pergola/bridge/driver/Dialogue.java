package dev.pergola.bridge.driver;

import java.io.IOException;

import dev.pergola.bridge.agui.RunInput;

/**
 * A dialogue with one program, over one run or several. One thread holds it; only
 * {@link #interrupt()} may come from another. Who calls bounds the time of every method
 * by ending the program, which ends the reading.
 */
public interface Dialogue {

	/**
	 * Shakes hands; returns once the program is ready for its first run.
	 * @throws IOException where the program went away meanwhile
	 * @throws DialogueException where it said something that ends the run
	 */
	void handshake() throws IOException, InterruptedException, DialogueException;

	/**
	 * One run: says what is asked, or what was answered to open interrupts, and tells
	 * what the program says until its turn is over. Opens and closes what AG-UI asks for;
	 * the start and the end of the run are the caller's.
	 * @throws IOException where the program can no longer be written to
	 * @throws DialogueException where it said something that ends the run
	 */
	TurnEnd turn(RunInput input, EventSink events) throws IOException, InterruptedException, DialogueException;

	/**
	 * Asks the program in words of its format to stop the turn under way.
	 * @return {@code false} where the format has no such words
	 */
	boolean interrupt();

	/**
	 * Whether the program waits for another run now, so that it is worth keeping.
	 */
	boolean canGoOn();

	/** The program is gone, or will be: nothing is read from now on. */
	default void close() {
	}

}
