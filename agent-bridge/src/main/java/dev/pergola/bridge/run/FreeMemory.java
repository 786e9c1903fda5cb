package dev.pergola.bridge.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the machine, or the container where that has less, has memory for a further
 * program. Where it cannot be read there always is.
 *
 * @param root The system's root; another one for tests.
 * @param neededBytes What a program needs; 0 for not looking.
 */
record FreeMemory(Path root, long neededBytes) implements BooleanSupplier {

	private static final Pattern INACTIVE_FILES = Pattern.compile("(?m)^inactive_file (\\d{1,18})$");

	private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

	static FreeMemory ofMachine(long neededBytes) {
		return new FreeMemory(Path.of("/"), neededBytes);
	}

	@Override
	public boolean getAsBoolean() {
		return holds(1);
	}

	/** The same for so many programs, at least one, none of which has its memory yet. */
	boolean holds(int programs) {
		return this.neededBytes == 0 || Math.min(machine(), container()) / programs >= this.neededBytes;
	}

	private long machine() {
		Matcher available = AVAILABLE.matcher(text("proc/meminfo"));
		return available.find() ? Long.parseLong(available.group(1)) * 1024 : Long.MAX_VALUE;
	}

	private long container() {
		OptionalLong limit = number("sys/fs/cgroup/memory.max");
		OptionalLong used = number("sys/fs/cgroup/memory.current");
		return (limit.isPresent() && used.isPresent()) ? limit.getAsLong() - used.getAsLong() + reclaimable()
				: Long.MAX_VALUE;
	}

	/** Files that were read and are not in use: the kernel gives their memory away. */
	private long reclaimable() {
		Matcher files = INACTIVE_FILES.matcher(text("sys/fs/cgroup/memory.stat"));
		return files.find() ? Long.parseLong(files.group(1)) : 0;
	}

	/** Where there is no limit, the file says `max`. */
	private OptionalLong number(String file) {
		String text = text(file);
		return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
	}

	private String text(String file) {
		try {
			return Files.readString(this.root.resolve(file)).strip();
		}
		catch (IOException notThere) {
			return "";
		}
	}

}
