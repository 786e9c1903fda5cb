package dev.pergola.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bench.Child;
import dev.pergola.bench.Packaged;

/**
 * A program laid out as in its image: jars as files of their own, and the cache of loaded
 * classes that a training run leaves.
 *
 * @param jar what is started
 * @param cache file of the cache
 */
record Layout(Path jar, Path cache) {

	private static final Duration TRAINING = Duration.ofMinutes(3);

	/**
	 * Lays a program out and trains it, as {@code deploy/Dockerfile} does.
	 * @param module folder of the Maven module
	 * @param folder gets all of it
	 * @param options of Java; those of the start have to be the same
	 * @param settings of the training run, which ends when the context is there
	 */
	static Layout of(String module, Path folder, List<String> options, List<String> settings)
			throws IOException, InterruptedException {
		Path packaged = Packaged.jar(module).toAbsolutePath();
		Path target = folder.resolve("layout-" + module);
		Path log = folder.resolve("training-%s.log".formatted(module));
		new Child(
				List.of("-Djarmode=tools", "-jar", packaged.toString(), "extract", "--destination", target.toString()),
				log)
			.awaitEnd(TRAINING);
		Layout layout = new Layout(target.resolve(packaged.getFileName()), target.resolve("service.aot"));
		List<String> arguments = new ArrayList<>(options);
		arguments.addAll(List.of("-XX:AOTCacheOutput=" + layout.cache(), "-Dspring.context.exit=onRefresh", "-jar",
				layout.jar().toString()));
		arguments.addAll(settings);
		new Child(arguments, log).awaitEnd(TRAINING);
		if (!Files.exists(layout.cache())) {
			throw new IllegalStateException("%s: no cache of classes (see %s)".formatted(module, log));
		}
		return layout;
	}

	Child start(List<String> options, List<String> settings, Path log) {
		List<String> arguments = new ArrayList<>(options);
		arguments.addAll(List.of("-XX:AOTCache=" + this.cache, "-jar", this.jar.toString()));
		arguments.addAll(settings);
		return new Child(arguments, log);
	}

}
