package dev.pergola.bridge.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program in memory: says what a test lets it say, and remembers what it was told.
 */
public final class FakeProgram implements ProgramIo {

	private static final String END = "\0end";

	private final LinkedBlockingQueue<String> says = new LinkedBlockingQueue<>();

	private final List<ObjectNode> heard = new CopyOnWriteArrayList<>();

	private Consumer<ObjectNode> answers = (message) -> {
	};

	private volatile String written = "";

	private volatile @Nullable IOException failure;

	private volatile boolean isInputClosed;

	private volatile boolean isGone;

	/** What it does with each line it is told. */
	public FakeProgram answers(Consumer<ObjectNode> answers) {
		this.answers = answers;
		return this;
	}

	public void says(String... lines) {
		this.says.addAll(List.of(lines));
	}

	/** Whether all it was let say has been read, and more is waited for. */
	public boolean isRead() {
		return this.says.isEmpty();
	}

	public void ends() {
		this.says.add(END);
	}

	/** It can't be read any longer. */
	public void fails(IOException why) {
		this.failure = why;
		ends();
	}

	/** It can't be written to any longer. */
	public void isGone() {
		this.isGone = true;
		ends();
	}

	public List<ObjectNode> heard() {
		return this.heard;
	}

	/** What was written as one text. */
	public String written() {
		return this.written;
	}

	public boolean isInputClosed() {
		return this.isInputClosed;
	}

	@Override
	public @Nullable String readLine() throws IOException, DialogueException {
		try {
			String line = this.says.take();
			if (line.length() > 1_000_000) {
				throw new DialogueException("LINE_TOO_LONG", "too long");
			}
			if (!line.equals(END)) {
				return line;
			}
			IOException why = this.failure;
			if (why != null) {
				throw why;
			}
			return null;
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public InputStream output() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void writeLine(String line) throws IOException {
		if (this.isGone) {
			throw new InputClosedException(new IOException("Broken pipe"));
		}
		ObjectNode message = (ObjectNode) JsonMapper.shared().readTree(line);
		this.heard.add(message);
		this.answers.accept(message);
	}

	@Override
	public void writeAll(byte[] text) {
		this.written = new String(text, StandardCharsets.UTF_8);
		this.isInputClosed = true;
	}

	@Override
	public void closeInput() {
		this.isInputClosed = true;
	}

	@Override
	public Path home() {
		return Path.of("/home/agent");
	}

	@Override
	public Path directory() {
		return Path.of("/home/agent/work");
	}

}
