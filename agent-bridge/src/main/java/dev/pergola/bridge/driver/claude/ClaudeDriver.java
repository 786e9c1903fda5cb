package dev.pergola.bridge.driver.claude;

import java.time.Duration;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.driver.ProgramIo;

/**
 * Speaks with Claude Code, or with anything that behaves like it.
 *
 * @param approvalPatience time a person has to allow a tool
 * @param resultPatience time between the end of an answer and the word that the turn is
 * over
 */
public record ClaudeDriver(Duration approvalPatience, Duration resultPatience) implements Driver {

	@Override
	public Dialogue open(ProgramIo io) {
		return new ClaudeDialogue(io, this);
	}

}
