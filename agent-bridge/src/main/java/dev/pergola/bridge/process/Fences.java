package dev.pergola.bridge.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, by trying, what this machine allows.
 */
final class Fences {

	private static final Logger logger = LoggerFactory.getLogger(Fences.class);

	static final String SETPRIV = "setpriv";

	private static final List<String> PID_NAMESPACE = List.of("--pid", "--fork", "--kill-child");

	private static final List<String> OWN_USER = List.of("--user", "--map-current-user");

	/** Folders of programs, as the system's variable has them. */
	private final String path;

	Fences(String path) {
		this.path = path;
	}

	static Fences ofMachine() {
		return new Fences(System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
	}

	/**
	 * What holds trees together here.
	 * @param cgroup folder of a control group left to the bridge, where there is one
	 * @throws IllegalStateException where an operator asks for what is not allowed here
	 */
	Fence find(Isolation isolation, @Nullable Path cgroup) {
		List<String> deathWatch = deathWatch();
		CgroupFence groups = cgroup(deathWatch, cgroup).orElse(null);
		Fence fence = switch (isolation) {
			case NAMESPACE -> namespace(deathWatch, groups).orElseThrow(() -> refused(isolation));
			case CGROUP -> Optional.<Fence>ofNullable(groups).orElseThrow(() -> refused(isolation));
			case NONE -> new OpenFence(deathWatch);
			case AUTO -> namespace(deathWatch, groups).or(() -> Optional.ofNullable(groups))
				.orElseGet(() -> new OpenFence(deathWatch));
		};
		if (program(SETPRIV).isEmpty()) {
			logger.warn("there is no program {} on this machine: what programs start may have more rights than they",
					SETPRIV);
		}
		logger.info("programs are held together by {}, ends with the bridge: {}", fence.getClass().getSimpleName(),
				fence.endsWithBridge());
		return fence;
	}

	private List<String> deathWatch() {
		return program(SETPRIV).map((setpriv) -> List.of(setpriv, "--pdeathsig", "KILL"))
			.filter((words) -> works(words, "true"))
			.orElse(List.of());
	}

	/**
	 * The first of several sets of options that works: a root may do without its own user
	 * namespace.
	 */
	private Optional<Fence> namespace(List<String> deathWatch, @Nullable CgroupFence groups) {
		String unshare = program("unshare").orElse(null);
		String shell = program("sh").orElse(null);
		if (unshare == null || shell == null) {
			return Optional.empty();
		}
		return Stream
			.of(words(unshare, PID_NAMESPACE, List.of(NamespaceFence.OWN_PROC)),
					words(unshare, OWN_USER, PID_NAMESPACE, List.of(NamespaceFence.OWN_PROC)),
					words(unshare, PID_NAMESPACE), words(unshare, OWN_USER, PID_NAMESPACE))
			.<Fence>map((words) -> new NamespaceFence(deathWatch, words, shell, groups))
			.filter((fence) -> works(fence.prefix(""), "test $$ -ne 1"))
			.findFirst();
	}

	private Optional<CgroupFence> cgroup(List<String> deathWatch, @Nullable Path root) {
		String shell = program("sh").orElse(null);
		if (root == null || shell == null || !Files.isWritable(root)) {
			return Optional.empty();
		}
		passOnControllers(root);
		CgroupFence fence = new CgroupFence(deathWatch, root, shell);
		String mark = "probe-" + UUID.randomUUID();
		try {
			boolean works = works(fence.prefix(mark), "true")
					&& Files.exists(root.resolve("pergola-" + mark).resolve("cgroup.kill"));
			fence.release(mark);
			return works ? Optional.of(fence) : Optional.empty();
		}
		catch (java.io.UncheckedIOException ex) {
			return Optional.empty();
		}
	}

	/** Where the bridge may not, or did so before, the groups have what they have. */
	private static void passOnControllers(Path root) {
		for (String controller : CgroupLimits.CONTROLLERS) {
			try {
				Files.writeString(root.resolve("cgroup.subtree_control"), "+" + controller, StandardOpenOption.WRITE);
			}
			catch (IOException ex) {
				logger.info("{} of programs is not limited in {}: {}", controller, root, ex.getMessage());
			}
		}
	}

	private static boolean works(List<String> prefix, String script) {
		try {
			Process process = new ProcessBuilder(
					words("", prefix, List.of("sh", "-c", script)).stream().filter((word) -> !word.isEmpty()).toList())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (!process.waitFor(5, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				return false;
			}
			return process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Where a program of that name is on the `PATH`. */
	Optional<String> program(String name) {
		return Stream.of(this.path.split(File.pathSeparator))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst();
	}

	@SafeVarargs
	private static List<String> words(String first, List<String>... more) {
		List<String> words = new ArrayList<>(List.of(first));
		Stream.of(more).forEach(words::addAll);
		return words;
	}

	private static IllegalStateException refused(Isolation isolation) {
		return new IllegalStateException("isolation: %s is not allowed on this machine (expected: auto, or none)"
			.formatted(isolation.name().toLowerCase(java.util.Locale.ROOT)));
	}

}
