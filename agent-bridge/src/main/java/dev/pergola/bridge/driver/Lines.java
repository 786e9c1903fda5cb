package dev.pergola.bridge.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Reads a program's lines ahead on a thread of its own, so that waiting for the next one
 * can end. Ends with the program's output.
 */
public final class Lines implements AutoCloseable {

	private static final int AHEAD = 64;

	private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);

	private final Thread reader;

	private @Nullable Item end;

	private volatile boolean isClosed;

	public Lines(ProgramIo io) {
		this.reader = Thread.ofVirtual().name("agent-lines").start(() -> readAll(io));
	}

	/**
	 * The next line.
	 * @param within how long to wait for it; {@code null} for as long as it takes
	 * @return empty where there was none in time, or the output has ended
	 * @throws DialogueException {@code LINE_TOO_LONG}
	 */
	public Optional<String> next(@Nullable Duration within)
			throws IOException, InterruptedException, DialogueException {
		if (this.end == null) {
			Item item = (within == null) ? this.items.take() : this.items.poll(within.toNanos(), TimeUnit.NANOSECONDS);
			switch (item) {
				case null -> {
					return Optional.empty();
				}
				case Line line -> {
					return Optional.of(line.text());
				}
				case Failed failed -> this.end = failed;
				case TooLong tooLong -> this.end = tooLong;
				case Ended ended -> this.end = ended;
			}
		}
		return switch (this.end) {
			case Failed failed -> throw failed.cause();
			case TooLong tooLong -> throw tooLong.cause();
			case null, default -> Optional.empty();
		};
	}

	/** Nobody reads on: what is there, and what comes, is of no interest. */
	@Override
	public void close() {
		this.isClosed = true;
		this.reader.interrupt();
	}

	/** Whether the output has ended and all of it was read. */
	public boolean hasEnded() {
		return this.end != null;
	}

	boolean isReading() {
		return this.reader.isAlive();
	}

	private void readAll(ProgramIo io) {
		Item last;
		try {
			for (String line = io.readLine(); line != null; line = io.readLine()) {
				this.items.put(new Line(line));
			}
			last = new Ended();
		}
		catch (IOException ex) {
			last = new Failed(ex);
		}
		catch (DialogueException ex) {
			last = new TooLong(ex);
		}
		catch (InterruptedException ex) {
			return;
		}
		put(last);
	}

	private void put(Item last) {
		if (this.isClosed) {
			return; // the reading may have failed of the interrupt, and taken it along
		}
		try {
			this.items.put(last);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private sealed interface Item {

	}

	private record Line(String text) implements Item {
	}

	private record Failed(IOException cause) implements Item {
	}

	private record TooLong(DialogueException cause) implements Item {
	}

	private record Ended() implements Item {
	}

}
