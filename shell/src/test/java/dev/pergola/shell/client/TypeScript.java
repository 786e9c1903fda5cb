package dev.pergola.shell.client;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The TypeScript compiler as it comes from Maven, run by the Deno that esbuild brings
 * along: no Node is needed.
 */
final class TypeScript {

	private final Path folder;

	TypeScript(Path folder) throws IOException {
		this.folder = folder;
		unpack("/org/webjars/npm/typescript/", "/lib/(_tsc\\.js|lib\\..*\\.d\\.ts)");
		// By its ending Deno knows that it is no ES module.
		Files.move(folder.resolve("_tsc.js"), folder.resolve("_tsc.cjs"));
		unpack("/org/mvnpm/at/deno/", "/deno(\\.exe)?");
	}

	/**
	 * Runs the compiler.
	 * @param project a {@code tsconfig.json}
	 * @return what it complained about; empty when it did not
	 */
	String compile(Path project) throws IOException, InterruptedException {
		Path deno = this.folder.resolve(File.separatorChar == '\\' ? "deno.exe" : "deno");
		deno.toFile().setExecutable(true);
		ProcessBuilder builder = new ProcessBuilder(deno.toString(), "run", "-A", "--no-remote", "--no-config",
				this.folder.resolve("_tsc.cjs").toString(), "-p", project.toString())
			.redirectErrorStream(true)
			.directory(this.folder.toFile());
		builder.environment().put("DENO_DIR", this.folder.resolve("cache").toString());
		builder.environment().put("DENO_NO_UPDATE_CHECK", "1");
		Process process = builder.start();
		process.getOutputStream().close();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (!process.waitFor(1, TimeUnit.MINUTES)) {
			process.destroyForcibly();
			throw new IllegalStateException("the TypeScript compiler does not end");
		}
		return (process.exitValue() == 0) ? "" : said + "exit " + process.exitValue();
	}

	private void unpack(String artifact, String names) throws IOException {
		Path jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((path) -> path.replace('\\', '/').contains(artifact))
			.map(Path::of)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("not on the class path: " + artifact));
		try (FileSystem inside = FileSystems.newFileSystem(jar);
				Stream<Path> files = Files.walk(inside.getPath("META-INF"))) {
			List<Path> wanted = files.filter((file) -> file.toString().matches(".*" + names)).toList();
			for (Path file : wanted) {
				Files.copy(file, this.folder.resolve(file.getFileName().toString()));
			}
		}
	}

}
