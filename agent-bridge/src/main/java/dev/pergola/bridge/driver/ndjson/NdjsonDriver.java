package dev.pergola.bridge.driver.ndjson;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.driver.ProgramIo;
import dev.pergola.bridge.runner.LineMapping;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with a program that prints one JSON object a line.
 *
 * @param mapping where a program of another make says what; {@code null} for one that
 * prints AG-UI events or their short forms
 */
public record NdjsonDriver(@Nullable LineMapping mapping) implements Driver {

	@Override
	public Dialogue open(ProgramIo io) {
		return new NdjsonDialogue(io, this.mapping);
	}

}
