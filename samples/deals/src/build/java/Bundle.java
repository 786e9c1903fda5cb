import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.mvnpm.esbuild.Bundler;
import io.mvnpm.esbuild.model.BundleOptions;
import io.mvnpm.esbuild.model.BundleResult;
import io.mvnpm.esbuild.model.EsBuildConfig;
import io.mvnpm.esbuild.model.WebDependency.WebDependencyType;

/**
 * Bundles the React interface into target/module. Run by the build: {@code java Bundle.java <base directory>}, with
 * the bundler and the {@code org.mvnpm} artifacts on the class path. Does nothing when nothing changed.
 */
class Bundle {

	public static void main(String[] args) throws IOException {
		Path base = Path.of(args[0]).toAbsolutePath();
		Path sources = base.resolve("src/main/web");
		Path module = base.resolve("target/module");
		if (lastChange(sources) > lastChange(module.resolve("deals.js"))) {
			copy(bundle(sources, base.resolve("target")), module);
		}
		copy(base.resolve("module"), module);
	}

	private static Path bundle(Path sources, Path target) throws IOException {
		// The bundler writes beside what it reads, so it gets a copy.
		Path work = target.resolve("web");
		copy(sources, work);
		List<Path> libraries = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
			.map(Path::of)
			.filter((jar) -> jar.toString().replace('\\', '/').contains("/org/mvnpm/"))
			.toList();
		BundleResult result = Bundler.bundle(BundleOptions.builder()
			.withWorkDir(work)
			.withNodeModulesDir(target.resolve("node_modules"))
			.withDependencies(libraries, WebDependencyType.MVNPM)
			.withEsConfig(EsBuildConfig.builder().withDefault().fixedEntryNames().minify(true).sourceMap(false).splitting(false)
				// The portal's own: named by the page's import map.
				.addExternal("@pergola/*").build())
			.addEntryPoint("deals.jsx")
			.build(), true);
		return result.dist();
	}

	private static long lastChange(Path path) throws IOException {
		if (!Files.exists(path)) {
			return 0;
		}
		long last = 0;
		try (Stream<Path> files = Files.walk(path)) {
			for (Path file : files.toList()) {
				last = Math.max(last, Files.getLastModifiedTime(file).toMillis());
			}
		}
		return last;
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = to.resolve(from.relativize(file).toString());
				Files.createDirectories(target.getParent());
				Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

}
