package dev.pergola.shell.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CriticalSizeTests {

	private static final Path ASSETS = Path.of("src/main/resources/META-INF/resources/assets");

	private static final Pattern IMPORT = Pattern.compile("(?:\\bfrom|^import) \"([^\"]+)\";", Pattern.MULTILINE);

	@Test
	void whatThePageNeedsBeforeItWorksIsSmall() throws IOException {
		Map<Path, Integer> sizes = new TreeMap<>();
		collect(ASSETS.resolve("shell/start.js"), sizes);
		int sum = sizes.values().stream().mapToInt(Integer::intValue).sum();
		assertThat(sum).as("bytes of %s", sizes).isLessThan(40 * 1024);
		assertThat(sizes.keySet()).noneMatch((path) -> path.toString().contains("assistant/"))
			.anyMatch((path) -> path.endsWith("client/client.js"));
	}

	private static void collect(Path file, Map<Path, Integer> sizes) throws IOException {
		if (sizes.containsKey(file)) {
			return;
		}
		String source = Files.readString(file);
		sizes.put(file, gzip(source));
		Matcher imports = IMPORT.matcher(source);
		while (imports.find()) {
			String name = imports.group(1);
			collect(name.equals("@pergola/client") ? ASSETS.resolve("client/index.js")
					: file.resolveSibling(name).normalize(), sizes);
		}
	}

	private static int gzip(String source) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(source.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.size();
	}

}
