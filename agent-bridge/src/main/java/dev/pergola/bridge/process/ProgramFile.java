package dev.pergola.bridge.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.pergola.bridge.runner.Pin;
import dev.pergola.bridge.runner.Runner;

/**
 * Checks before its start that a program is there, may be run and is the build an
 * operator allows. What was found is remembered until the file changes.
 */
final class ProgramFile {

	private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+){1,3}");

	private static final int VERSION_SECONDS = 10;

	private final Map<List<Object>, String> found = new ConcurrentHashMap<>();

	/**
	 * The real path of the runner's program.
	 * @throws IOException saying what is wrong with it
	 */
	Path check(Runner runner, Map<String, String> environment) throws IOException {
		Path program = find(runner.command().getFirst(), environment.getOrDefault("PATH", ""));
		Pin pin = runner.pin();
		if (pin.digest() != null && !pin.digest().equals(remembered(program, "digest", () -> digest(program)))) {
			throw new IOException("the program's file is not the one that is pinned");
		}
		String minimum = pin.minimumVersion();
		if (minimum != null) {
			String version = remembered(program, pin.versionCommand(),
					() -> version(pin.versionCommand(), environment));
			if (compare(version, minimum) < 0) {
				throw new IOException("version %s is below %s".formatted(version, minimum));
			}
		}
		return program;
	}

	private static Path find(String name, String path) throws IOException {
		Path program = name.contains("/") ? Path.of(name)
				: Stream.of(path.split(File.pathSeparator))
					.map((folder) -> Path.of(folder, name))
					.filter(Files::isExecutable)
					.findFirst()
					.orElseThrow(() -> new IOException("no program %s on the PATH".formatted(name)));
		if (!Files.isRegularFile(program)) {
			throw new IOException("no program %s".formatted(name));
		}
		if (!Files.isExecutable(program)) {
			throw new IOException("program %s may not be run".formatted(name));
		}
		return program;
	}

	private String remembered(Path program, Object what, Reading reading) throws IOException {
		List<Object> key = List.of(program.toRealPath(), Files.getLastModifiedTime(program), Files.size(program), what);
		String known = this.found.get(key);
		if (known == null) {
			known = reading.read();
			this.found.put(key, known);
		}
		return known;
	}

	private static String digest(Path program) throws IOException {
		try (InputStream file = Files.newInputStream(program)) {
			DigestInputStream digest = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"));
			digest.transferTo(java.io.OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(digest.getMessageDigest().digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String version(List<String> command, Map<String, String> environment) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().clear();
		builder.environment().putAll(environment);
		Process process = builder.start();
		try (InputStream output = process.getInputStream()) {
			process.getOutputStream().close();
			process.onExit().orTimeout(VERSION_SECONDS, TimeUnit.SECONDS).exceptionally((late) -> {
				end(process);
				return process;
			});
			String text = new String(output.readNBytes(64 * 1024), StandardCharsets.UTF_8);
			Matcher version = VERSION.matcher(text);
			if (!version.find()) {
				throw new IOException("the program does not tell its version");
			}
			return version.group();
		}
		finally {
			end(process);
		}
	}

	// A child that holds the output open would keep its reader waiting.
	private static void end(Process process) {
		List<ProcessHandle> children = process.descendants().toList();
		process.destroyForcibly();
		children.forEach(ProcessHandle::destroyForcibly);
	}

	static int compare(String one, String other) {
		long[] left = numbers(one);
		long[] right = numbers(other);
		int length = Math.max(left.length, right.length);
		return Arrays.compare(Arrays.copyOf(left, length), Arrays.copyOf(right, length));
	}

	private static long[] numbers(String version) {
		return Stream.of(version.split("\\.")).mapToLong(Long::parseLong).toArray();
	}

	/** Reads something about a program's file. */
	private interface Reading {

		String read() throws IOException;

	}

}
