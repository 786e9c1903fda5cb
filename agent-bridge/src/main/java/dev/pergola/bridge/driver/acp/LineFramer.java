package dev.pergola.bridge.driver.acp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.Lines;
import dev.pergola.bridge.driver.ProgramIo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message a line, as ACP and MCP have it. A line that is no object counts as silence.
 */
final class LineFramer implements Framer {

	private final ProgramIo io;

	private final Lines lines;

	LineFramer(ProgramIo io) {
		this.io = io;
		this.lines = new Lines(io);
	}

	@Override
	public Optional<ObjectNode> read(@Nullable Duration within)
			throws IOException, InterruptedException, DialogueException {
		Optional<String> line = this.lines.next(within);
		return line.isPresent() ? JsonLines.read(line.get()) : Optional.empty();
	}

	@Override
	public void write(ObjectNode message) throws IOException, DialogueException {
		JsonLines.write(this.io, message);
	}

	@Override
	public boolean hasEnded() {
		return this.lines.hasEnded();
	}

	@Override
	public void close() {
		this.lines.close();
	}

}
