package dev.pergola.bench.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.bench.Load;

/**
 * So many connections that each ask again as soon as they were answered: by wrk, which
 * leaves the processor to the contenders, or by Java where wrk is not installed.
 */
final class Wrk {

	private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");

	private static final Pattern FAILED = Pattern.compile("(Non-2xx or 3xx responses|Socket errors).*");

	private final Optional<Path> program = Program.find("wrk");

	/** Milliseconds a connection waits before it asks again, by chance and on average. */
	private static final int PAUSE = 8;

	private final int connections;

	Wrk(int connections) {
		this.connections = connections;
	}

	/** What asks. */
	String name() {
		return this.program.isPresent() ? "wrk" : "a Java client (wrk is not installed)";
	}

	/**
	 * Asks for a time.
	 * @return figures; {@link IllegalStateException} when an answer was not 200
	 */
	Load.Result run(String url, Map<String, String> headers, Duration time) throws IOException {
		if (this.program.isEmpty()) {
			return new Load(this.connections).run(url, headers, time);
		}
		return run(this.program.get(), url, headers, time, List.of());
	}

	/**
	 * Asks at a rate all contenders can serve: each connection waits a while between two
	 * calls, so that the time of one says nothing of those before it.
	 * @return empty where wrk is not installed
	 */
	Optional<Load.Result> runAtRate(String url, Map<String, String> headers, Duration time, Path folder)
			throws IOException {
		if (this.program.isEmpty()) {
			return Optional.empty();
		}
		Path script = Files.writeString(folder.resolve("pause.lua"),
				"function delay() return math.random(1, %d) end%n".formatted(2 * PAUSE - 1));
		return Optional.of(run(this.program.get(), url, headers, time, List.of("-s", script.toString())));
	}

	private Load.Result run(Path wrk, String url, Map<String, String> headers, Duration time, List<String> more)
			throws IOException {
		List<String> command = new ArrayList<>(List.of(wrk.toString(), "-t1", "-c" + this.connections,
				"-d" + Math.max(1, time.toSeconds()) + "s", "--latency"));
		command.addAll(more);
		headers.forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
		command.add(url);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		Matcher failed = FAILED.matcher(text);
		Matcher rate = RATE.matcher(text);
		if (failed.find() || !rate.find()) {
			throw new IllegalStateException("%s: %s".formatted(url, text.lines().toList()));
		}
		return new Load.Result(Double.parseDouble(rate.group(1)), percentile(text, "50%"), percentile(text, "99%"));
	}

	private static double percentile(String text, String percent) {
		Matcher matcher = Pattern.compile(percent + "\\s+([\\d.]+)(us|ms|s|m)").matcher(text);
		if (!matcher.find()) {
			return Double.NaN;
		}
		double unit = switch (matcher.group(2)) {
			case "us" -> 0.001;
			case "ms" -> 1;
			case "s" -> 1000;
			default -> 60_000;
		};
		return Double.parseDouble(matcher.group(1)) * unit;
	}

}
