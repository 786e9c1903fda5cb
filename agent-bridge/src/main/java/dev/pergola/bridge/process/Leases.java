package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which programs this bridge runs, on disk: a bridge that is killed cannot end them, so
 * the next one does. One file per program, named by its mark; first line the bridge that
 * holds it, second line the program's home.
 */
final class Leases {

	private static final Logger logger = LoggerFactory.getLogger(Leases.class);

	private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

	/** Place of a process' start in what follows its name in `/proc/[pid]/stat`. */
	private static final int TICKS = 20;

	private final Path directory;

	private final Path homes;

	private final Fence fence;

	private final String holder = holder(ProcessHandle.current());

	/**
	 * @param homes folder of the programs' homes; nothing outside of it is ever deleted
	 */
	Leases(Path homes, Fence fence) {
		this.homes = homes;
		this.directory = homes.resolve("leases");
		this.fence = fence;
	}

	void take(String mark, Path home) throws IOException {
		Files.createDirectories(this.directory);
		Path draft = this.homes.resolve(mark + ".lease");
		Files.writeString(draft, this.holder + "\n" + home + "\n");
		Files.move(draft, this.directory.resolve(mark), StandardCopyOption.ATOMIC_MOVE);
	}

	void release(String mark) {
		try {
			Files.deleteIfExists(this.directory.resolve(mark));
		}
		catch (IOException ex) {
			logger.warn("lease {} is not gone: {}", mark, ex.getMessage());
		}
	}

	/**
	 * Ends what bridges that are no more have left running.
	 * @return number of processes found
	 */
	int reap() {
		int killed = 0;
		for (Path lease : leases()) {
			killed += reap(lease);
		}
		return killed;
	}

	private int reap(Path lease) {
		try {
			List<String> lines = Files.readAllLines(lease);
			if (lines.size() < 2 || isAlive(lines.getFirst())) {
				return 0;
			}
			String mark = lease.getFileName().toString();
			this.fence.kill(mark);
			int killed = ProcessTree.killMarked(mark);
			this.fence.release(mark);
			Path home = Path.of(lines.get(1));
			if (home.normalize().startsWith(this.homes)) {
				Deletion.of(home);
			}
			Files.delete(lease);
			logger.warn("program {} of a bridge that is gone: {} processes ended", mark, killed);
			return killed;
		}
		catch (IOException | IllegalArgumentException ex) {
			logger.warn("lease {} could not be read or ended: {}", lease, ex.getMessage());
			return 0;
		}
	}

	private List<Path> leases() {
		if (!Files.isDirectory(this.directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			return new ArrayList<>(files.toList());
		}
		catch (IOException ex) {
			logger.warn("leases could not be listed: {}", ex.getMessage());
			return List.of();
		}
	}

	private static boolean isAlive(String holder) {
		Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(holder.split(" ")[0]));
		return process.map(Leases::holder).filter(holder::equals).isPresent();
	}

	/** A number may be given again, and after a new boot it is: the start tells. */
	private static String holder(ProcessHandle process) {
		return process.pid() + " " + started(process) + " " + text(BOOT);
	}

	private static String started(ProcessHandle process) {
		String stat = text(Path.of("/proc", Long.toString(process.pid()), "stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ");
		return (fields.length > TICKS) ? fields[TICKS] : process.info().startInstant().orElse(Instant.EPOCH).toString();
	}

	private static String text(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException notLinux) {
			return "-";
		}
	}

}
