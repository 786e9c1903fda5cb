package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.pergola.bridge.runner.Runner;

import org.springframework.util.FileSystemUtils;

/**
 * The program of one run. Its environment is an allow-list, its home is its own, and
 * whatever it starts ends with it.
 */
public final class AgentProcess implements AutoCloseable {

	private final Process process;

	private final ProcessTree tree;

	private final ErrorTail errors;

	private final Path home;

	private AgentProcess(Process process, String mark, Path home) {
		this.process = process;
		this.tree = new ProcessTree(process.toHandle(), mark);
		this.errors = new ErrorTail(process.getErrorStream());
		this.home = home;
		// a child that holds the output open would keep the reader waiting after its
		// parent is gone
		process.onExit().thenRunAsync(this.tree::kill);
	}

	/**
	 * Starts the program of a runner.
	 * @param directory folder in which the program gets a private home
	 * @throws IOException where the program is missing, may not be run, or the folder
	 * can't be made
	 */
	public static AgentProcess start(Runner runner, Path directory) throws IOException {
		Files.createDirectories(directory);
		Path home = Files.createTempDirectory(directory, "run-");
		String mark = UUID.randomUUID().toString();
		ProcessBuilder builder = new ProcessBuilder(runner.command());
		Path workFolder = runner.directory();
		builder.directory(((workFolder != null) ? workFolder : home).toFile());
		Map<String, String> environment = builder.environment();
		String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
		environment.clear();
		environment.putAll(Map.of("PATH", path, "HOME", home.toString(), "LANG", "C.UTF-8", "PYTHONUNBUFFERED", "1"));
		environment.putAll(runner.environment());
		environment.put(ProcessTree.MARKER, mark);
		try {
			return new AgentProcess(builder.start(), mark, home);
		}
		catch (IOException ex) {
			FileSystemUtils.deleteRecursively(home);
			throw ex;
		}
	}

	/**
	 * Writes all of the input in the background and ends it. A program that never reads
	 * it does not hold anybody up, and one that ended already is no error here: its exit
	 * says what happened.
	 */
	public void write(byte[] input) {
		Thread.ofVirtual().name("agent-input").start(() -> {
			try (OutputStream stdin = this.process.getOutputStream()) {
				stdin.write(input);
			}
			catch (IOException brokenPipe) {
				// told by the exit code
			}
		});
	}

	public InputStream output() {
		return this.process.getInputStream();
	}

	/**
	 * Waits for the end of the program and then ends what it left behind.
	 * @return its exit code; 128 + n where signal n ended it
	 */
	public int waitFor() throws InterruptedException {
		int code = this.process.waitFor();
		this.tree.kill();
		return code;
	}

	/**
	 * Asks the program and all it started to end, and kills what is left after the given
	 * time. Returns when nothing is left.
	 */
	public void stop(Duration killAfter) {
		this.tree.terminate();
		this.process.toHandle()
			.onExit()
			.completeOnTimeout(this.process.toHandle(), killAfter.toMillis(), TimeUnit.MILLISECONDS)
			.join();
		this.tree.kill();
	}

	/**
	 * Last lines the program printed on standard error, for the operator's log: they may
	 * hold anything, so they never go to a browser.
	 */
	public String errors() {
		return this.errors.text();
	}

	@Override
	public void close() {
		this.tree.kill();
		try {
			FileSystemUtils.deleteRecursively(this.home);
		}
		catch (IOException ex) {
			this.home.toFile().deleteOnExit();
		}
	}

}
