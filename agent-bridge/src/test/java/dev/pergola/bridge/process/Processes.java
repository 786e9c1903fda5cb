package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What runs on this machine.
 */
public final class Processes {

	private Processes() {
	}

	/** Number of those that sleep for so long: a time only one test knows. */
	public static int sleeping(String seconds) {
		return (int) commandLines().filter((line) -> line.startsWith("sleep " + seconds)).count();
	}

	/** Programs with their arguments, as far as they may be seen. */
	public static Stream<String> commandLines() {
		return ProcessHandle.allProcesses().map((process) -> read(process.pid(), "cmdline").replace('\0', ' '));
	}

	/** Whether there is a program bwrap, and it may make namespaces here. */
	public static boolean haveBubblewrap() {
		try {
			return new ProcessBuilder("bwrap", "--ro-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "true")
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Descendants of this process that ended and were not asked how. */
	static List<Long> zombies() {
		return ProcessHandle.current().descendants().map(ProcessHandle::pid).filter(Processes::isZombie).toList();
	}

	private static boolean isZombie(long pid) {
		String stat = read(pid, "stat");
		return stat.substring(stat.lastIndexOf(')') + 1).startsWith(" Z");
	}

	private static String read(long pid, String file) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
		}
		catch (IOException gone) {
			return "";
		}
	}

}
