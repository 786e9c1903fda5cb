package dev.pergola.bridge.driver.codex;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.driver.ProgramIo;

/**
 * Speaks with {@code codex exec --json -}, which reads its prompt to the end of standard
 * input and runs one turn.
 */
public record CodexDriver() implements Driver {

	@Override
	public Dialogue open(ProgramIo io) {
		return new CodexDialogue(io);
	}

}
