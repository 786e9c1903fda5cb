package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.pergola.bridge.runner.Sandbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control group (version 2) for each program, which the kernel ends as a whole.
 *
 * @param deathWatch Words that tie the program to the life of the bridge; may be empty.
 * @param root Folder of the control group that was left to the bridge.
 * @param shell Enters the group and becomes the program.
 */
record CgroupFence(List<String> deathWatch, Path root, String shell) implements Fence {

	private static final Logger logger = LoggerFactory.getLogger(CgroupFence.class);

	/** A second in all, for the last processes of a group to be gone. */
	private static final int TRIES = 50;

	private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

	private static final String ENTER = "echo $$ > \"$0/cgroup.procs\" && exec \"$@\"";

	CgroupFence {
		deathWatch = List.copyOf(deathWatch);
	}

	@Override
	public List<String> prefix(String mark) {
		try {
			Files.createDirectories(group(mark));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Stream.concat(this.deathWatch.stream(), enter(mark).stream()).toList();
	}

	/** Words that enter the group, where there is one of that mark. */
	List<String> enter(String mark) {
		return Files.isDirectory(group(mark)) ? List.of(this.shell, "-c", ENTER, group(mark).toString()) : List.of();
	}

	@Override
	public void limit(String mark, Sandbox sandbox) throws IOException {
		if (sandbox.limitsGroup()) {
			new CgroupLimits(Files.createDirectories(group(mark))).set(sandbox);
		}
	}

	@Override
	public ProcessTree tree(ProcessHandle process, String mark, int wrappers) {
		return new ProcessTree(process, mark, wrappers, () -> kill(mark));
	}

	@Override
	public void release(String mark) {
		try {
			for (int left = TRIES; !isGone(group(mark), left); left--) {
				Thread.sleep(BETWEEN_TRIES);
			}
		}
		catch (IOException ex) {
			logger.warn("control group {} is not gone: {}", group(mark), ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			logger.warn("control group {} is not gone: interrupted", group(mark));
		}
	}

	@Override
	public boolean endsWithBridge() {
		return false;
	}

	@Override
	public boolean hidesBridge() {
		return false;
	}

	@Override
	public void kill(String mark) {
		Path switchOff = group(mark).resolve("cgroup.kill");
		try {
			if (Files.exists(switchOff)) {
				Files.writeString(switchOff, "1");
			}
		}
		catch (IOException ex) {
			logger.warn("control group {} could not be ended at once: {}", group(mark), ex.getMessage());
		}
	}

	/**
	 * Processes that were killed keep their group for a moment.
	 * @param left number of tries that are left, this one included
	 * @throws IOException where this was the last
	 */
	private static boolean isGone(Path group, int left) throws IOException {
		try {
			Files.deleteIfExists(group);
			return true;
		}
		catch (IOException ex) {
			if (left <= 1) {
				throw ex;
			}
			return false;
		}
	}

	private Path group(String mark) {
		return this.root.resolve("pergola-" + mark);
	}

}
