package dev.pergola.design.generate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes one sprite of the Tabler outline icons that {@code icons.txt} lists, and of our
 * own sign.
 */
final class IconSprite {

	private static final Path NAMES = Path.of("src/main/icons.txt");

	private static final String TABLER = "META-INF/resources/webjars/tabler__icons/%s/";

	/** Posts, beams and a tendril. */
	private static final String SIGN = "<path d=\"M2.5 7h19\"/><path d=\"M4.5 10.5h15\"/><path d=\"M7 4v16.5\"/>"
			+ "<path d=\"M17 4v16.5\"/><path d=\"M12 4v6.5\"/><path d=\"M17 17.5c-3.2 0 -5 -1.9 -5 -4.6c3.2 0 5 1.9 5 4.6z\"/>";

	private final String version;

	IconSprite(String version) {
		this.version = version;
	}

	static List<String> names() throws IOException {
		return Files.readAllLines(NAMES)
			.stream()
			.filter((line) -> !line.startsWith("#"))
			.flatMap((line) -> Stream.of(line.trim().split("\\s+")))
			.toList();
	}

	String write() throws IOException {
		TreeMap<String, String> symbols = new TreeMap<>();
		symbols.put("pergola", SIGN);
		for (String name : names()) {
			String[] parts = name.split("=");
			symbols.put(parts[0], paths(resource("icons/outline/" + parts[parts.length - 1] + ".svg")));
		}
		StringBuilder svg = new StringBuilder("<!--\n  Icons of Tabler " + this.version
				+ " (all but \"pergola\"), https://tabler.io/icons, under this licence:\n\n");
		svg.append(resource("LICENSE").strip().indent(2)).append("-->\n<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
		symbols.forEach((name, paths) -> svg
			.append("<symbol id=\"%s\" viewBox=\"0 0 24 24\">%s</symbol>\n".formatted(name, paths)));
		return svg.append("</svg>\n").toString();
	}

	private static String paths(String icon) {
		int start = icon.indexOf('>', icon.indexOf("<svg")) + 1;
		return icon.substring(start, icon.indexOf("</svg>"))
			.replaceAll("<path stroke=\"none\"[^>]*>", "")
			.replaceAll("\\s+/>", "/>")
			.replaceAll(">\\s+<", "><")
			.strip();
	}

	private String resource(String name) throws IOException {
		String path = TABLER.formatted(this.version) + name;
		try (InputStream in = Objects.requireNonNull(getClass().getClassLoader().getResourceAsStream(path), path)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
