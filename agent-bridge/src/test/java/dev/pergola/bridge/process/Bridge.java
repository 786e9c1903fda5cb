package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.pergola.bridge.runner.TestRunner;
import org.jspecify.annotations.Nullable;

/**
 * A Java process that runs one program, to be killed.
 */
final class Bridge {

	private Bridge() {
	}

	static Process start(Path homes, Isolation isolation, @Nullable Path cgroup, String script, String... settings)
			throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-Xmx64m", "-cp", System.getProperty("java.class.path"), Bridge.class.getName(), homes.toString(),
				isolation.name(), (cgroup != null) ? cgroup.toString() : "", script));
		command.addAll(List.of(settings));
		return new ProcessBuilder(command).inheritIO().start();
	}

	/** Homes, isolation, control group, script, settings of the runner. */
	static void main(String[] args) throws Exception {
		Path cgroup = args[2].isEmpty() ? null : Path.of(args[2]);
		Launcher launcher = new Launcher(Path.of(args[0]), Isolation.valueOf(args[1]), cgroup, null);
		AgentProcess process = launcher.start(TestRunner.script(args[3], Arrays.copyOfRange(args, 4, args.length)),
				Map.of());
		process.io().readLine();
		Thread.currentThread().join();
	}

}
