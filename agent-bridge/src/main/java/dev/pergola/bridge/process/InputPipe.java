package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.pergola.bridge.driver.InputClosedException;

/**
 * Writes to standard input, one thing after another, on a thread of its own: a program
 * that does not read holds up nobody longer than the given time.
 */
final class InputPipe {

	private final ThreadPoolExecutor writer = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("agent-input").factory());

	private final OutputStream stdin;

	private final Duration timeout;

	InputPipe(OutputStream stdin, Duration timeout) {
		this.stdin = stdin;
		this.timeout = timeout;
		this.writer.allowCoreThreadTimeOut(true);
	}

	void line(String line) throws IOException {
		if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
			throw new IllegalArgumentException(
					"line: %d characters (expected: no line break)".formatted(line.length()));
		}
		byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
		await(this.writer.submit(written(bytes)));
	}

	void all(byte[] bytes) {
		this.writer.submit(written(bytes));
		close();
	}

	void close() {
		this.writer.submit(() -> {
			this.stdin.close();
			return true;
		});
	}

	private Callable<Boolean> written(byte[] bytes) {
		return () -> {
			this.stdin.write(bytes);
			this.stdin.flush();
			return true;
		};
	}

	private void await(Future<Boolean> write) throws IOException {
		try {
			write.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new InputClosedException(ex);
		}
		catch (TimeoutException ex) {
			throw new NotReadingException(this.timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

}
