package dev.pergola.shell.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the client's scripts by their JSDoc in strict mode, and holds the declarations
 * in {@code src/main/npm/client/types} to them. With {@code -Dpergola.client.write=true}
 * it writes them first.
 */
class ClientTypesTests {

	private static final Path SCRIPTS = Path.of("src/main/resources/META-INF/resources/assets/client").toAbsolutePath();

	private static final Path PACKAGE = Path.of("src/main/npm/client");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Test
	void declarationsAreWhatTheScriptsSay(@TempDir Path work) throws Exception {
		Path out = work.resolve("types");
		Path project = work.resolve("tsconfig.json");
		Map<String, Object> options = new TreeMap<>(Map.of("allowJs", true, "checkJs", true, "strict", true,
				"exactOptionalPropertyTypes", true, "declaration", true, "emitDeclarationOnly", true, "target",
				"esnext", "module", "esnext", "moduleResolution", "bundler"));
		options.putAll(Map.of("lib", List.of("esnext", "dom", "dom.iterable"), "types", List.of(), "newLine", "lf",
				"rootDir", SCRIPTS.toString(), "outDir", out.toString(), "paths",
				Map.of("react", List.of(Path.of("src/test/types/react.d.ts").toAbsolutePath().toString()))));
		Files.writeString(project,
				JSON.writeValueAsString(Map.of("compilerOptions", options, "include", List.of(SCRIPTS + "/**/*.js"))));
		assertThat(new TypeScript(Files.createDirectory(work.resolve("tsc"))).compile(project)).isEmpty();
		Path types = PACKAGE.resolve("types");
		if (Boolean.getBoolean("pergola.client.write")) {
			replace(types, out);
		}
		assertThat(contentOf(types)).as("write them again with -Dpergola.client.write=true").isEqualTo(contentOf(out));
	}

	@Test
	void everyExportOfThePackageIsThere() throws IOException {
		JsonNode exports = JSON.readTree(PACKAGE.resolve("package.json").toFile()).path("exports");
		assertThat(exports.propertyNames()).contains(".", "./agents.js", "./lit.js", "./react.js");
		exports.forEach((export) -> {
			assertThat(SCRIPTS.resolve(export.path("default").asString())).exists();
			assertThat(PACKAGE.resolve(export.path("types").asString())).exists();
		});
	}

	private static Map<String, String> contentOf(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			Map<String, String> content = new TreeMap<>();
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				content.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
			}
			return content;
		}
	}

	private static void replace(Path folder, Path by) throws IOException {
		if (Files.exists(folder)) {
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
		for (Map.Entry<String, String> file : contentOf(by).entrySet()) {
			Path target = folder.resolve(file.getKey());
			Files.createDirectories(target.getParent());
			Files.writeString(target, file.getValue());
		}
	}

}
