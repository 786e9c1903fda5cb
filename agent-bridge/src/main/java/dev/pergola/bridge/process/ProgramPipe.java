package dev.pergola.bridge.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.ProgramIo;
import org.jspecify.annotations.Nullable;

/**
 * Standard input and output of a program that runs.
 */
final class ProgramPipe implements ProgramIo {

	private final OutputPump output;

	private final InputPipe input;

	private final int lineLimit;

	private final Path home;

	private final Path directory;

	private final byte[] buffer = new byte[16 * 1024];

	private int position;

	private int filled;

	ProgramPipe(OutputPump output, InputPipe input, int lineLimit, Path home, Path directory) {
		this.output = output;
		this.input = input;
		this.lineLimit = lineLimit;
		this.home = home;
		this.directory = directory;
	}

	@Override
	public @Nullable String readLine() throws IOException, DialogueException {
		ByteArrayOutputStream line = new ByteArrayOutputStream(256);
		while (fill()) {
			int end = this.position;
			while (end < this.filled && this.buffer[end] != '\n') {
				end++;
			}
			if (line.size() + end - this.position > this.lineLimit) {
				throw new DialogueException("LINE_TOO_LONG", "The agent printed a line longer than it may.");
			}
			line.write(this.buffer, this.position, end - this.position);
			this.position = Math.min(end + 1, this.filled);
			if (end < this.filled) {
				return text(line);
			}
		}
		return (line.size() > 0) ? text(line) : null;
	}

	@Override
	public InputStream output() {
		return this.output;
	}

	@Override
	public void writeLine(String line) throws IOException {
		this.input.line(line);
	}

	@Override
	public void writeAll(byte[] text) {
		this.input.all(text);
	}

	@Override
	public void closeInput() {
		this.input.close();
	}

	@Override
	public Path home() {
		return this.home;
	}

	@Override
	public Path directory() {
		return this.directory;
	}

	private boolean fill() throws IOException {
		if (this.position == this.filled) {
			this.position = 0;
			this.filled = Math.max(0, this.output.read(this.buffer, 0, this.buffer.length));
		}
		return this.filled > 0;
	}

	private static String text(ByteArrayOutputStream line) {
		byte[] bytes = line.toByteArray();
		int length = (bytes.length > 0 && bytes[bytes.length - 1] == '\r') ? bytes.length - 1 : bytes.length;
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

}
