package dev.pergola.bridge.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.pergola.bridge.driver.ProgramIo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs, with all it starts. Its standard output and error are always read,
 * whoever looks on.
 */
public final class AgentProcess implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AgentProcess.class);

	private final Process process;

	private final ProcessTree tree;

	private final Redaction redaction;

	private final ErrorTail errors;

	private final OutputPump output;

	private final ProgramPipe io;

	private final Runnable release;

	AgentProcess(Process process, ProcessTree tree, Redaction redaction, OutputPump output, ProgramPipe io,
			Runnable release) {
		this.process = process;
		this.tree = tree;
		this.redaction = redaction;
		this.errors = new ErrorTail(process.getErrorStream(), redaction);
		this.output = output;
		this.io = io;
		this.release = release;
		// a child that holds the output open would keep the reader waiting after its
		// parent is gone
		process.onExit().thenRunAsync(this.tree::kill);
	}

	/** What nobody may read of what it says. */
	public Redaction redaction() {
		return this.redaction;
	}

	public ProgramIo io() {
		return this.io;
	}

	/** What is printed from now on is read, and counted from nothing. */
	public void beginTurn() {
		this.output.beginTurn();
	}

	/** What is printed from now on is thrown away and counted. */
	public void endTurn() {
		this.output.discard();
	}

	/** Bytes that were printed when no turn was under way. */
	public long lateBytes() {
		return this.output.discarded();
	}

	/** Bytes that were printed so far. */
	public long printedBytes() {
		return this.output.printed();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** Completes when the program, not all it started, has ended. */
	public CompletableFuture<?> onExit() {
		return this.process.onExit();
	}

	/**
	 * Waits for the program to end by itself.
	 * @return whether it did
	 */
	public boolean awaitExit(Duration time) throws InterruptedException {
		return this.process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * How the program ended; empty while it runs.
	 */
	public Optional<Exit> exit() {
		return this.process.isAlive() ? Optional.empty() : Optional.of(new Exit(this.process.exitValue()));
	}

	/**
	 * Tells the program to end; it may refuse.
	 */
	public void signal(Signal signal) {
		switch (signal) {
			case INT -> this.tree.program().ifPresent(AgentProcess::interrupt);
			case TERM -> this.tree.terminate();
		}
	}

	/**
	 * Ends the program and all it started. Returns when nothing is left, and what was
	 * printed has been read.
	 */
	public void kill() {
		this.tree.kill();
		try {
			// the handle may say so a little later than the kernel
			this.process.waitFor(1, TimeUnit.SECONDS);
			this.output.await();
			this.errors.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.output.end();
	}

	/** What was printed on standard error so far is not told any more. */
	public void forgetErrors() {
		this.errors.forget();
	}

	/** As {@link #errors()} has it, while the program goes on. */
	public String errorsSoFar() {
		return this.errors.soFar();
	}

	/**
	 * Last lines the program printed on standard error, without secrets; for operators,
	 * never for a browser.
	 */
	public String errors() {
		return this.errors.text();
	}

	/** Ends what still runs. The program's home is deleted soon after. */
	@Override
	public void close() {
		kill();
		this.release.run();
	}

	// Java has no word for this signal; a shell has.
	private static void interrupt(ProcessHandle program) {
		try {
			new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(program.pid())).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor(1, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			logger.warn("program {} could not be interrupted: {}", program.pid(), ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
