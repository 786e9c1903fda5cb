package dev.pergola.design.generate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.mvnpm.esbuild.Bundler;
import io.mvnpm.esbuild.model.BundleOptions;
import io.mvnpm.esbuild.model.EsBuildConfig;
import io.mvnpm.esbuild.model.WebDependency.WebDependencyType;

/**
 * Bundles the lit artifacts of the class path into one module, with their licence notices
 * at its end.
 */
final class LitBundle {

	private static final Path FOLDER = Path.of("src/main/lit").toAbsolutePath();

	private LitBundle() {
	}

	static String write(Path work) throws IOException {
		EsBuildConfig config = EsBuildConfig.builder()
			.bundle()
			.minify()
			.sourceMap(false)
			.format(EsBuildConfig.Format.ESM)
			.entryNames("[name]")
			.build();
		BundleOptions options = BundleOptions.builder()
			.withWorkDir(work.toAbsolutePath())
			.withDependencies(artifacts(), WebDependencyType.MVNPM)
			.addEntryPoint(FOLDER, "lit.js")
			.withEsConfig(config)
			.build();
		return Files.readString(Bundler.bundle(options, true).dist().resolve("lit.js"));
	}

	/** Names of the imports that all stand for the bundle. */
	static List<String> specifiers() throws IOException {
		return Files.readAllLines(FOLDER.resolve("lit.js"))
			.stream()
			.filter((line) -> line.startsWith("export"))
			.map((line) -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
			.toList();
	}

	private static List<Path> artifacts() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((jar) -> jar.contains("lit"))
			.filter((jar) -> jar.replace('\\', '/').contains("/org/mvnpm/"))
			.map(Path::of)
			.toList();
	}

}
