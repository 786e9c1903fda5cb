package dev.pergola.bff.views;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/views.md says, taken apart. */
final class ViewsPage {

	private static final Path PAGE = Path.of("../docs/views.md");

	private static final Pattern BLOCK = Pattern
		.compile("(?ms)^```(?:json )?(view|services|http|refused|findings)$(.*?)^```$");

	private static final Pattern SERVICE = Pattern.compile(
			"(?<module>\\S+)\\s+(?<path>/\\S+)\\s+(?<status>\\d+)(\\s+(?<json>[\\[{].*?))?(\\s+after (?<after>\\d+)(?<unit>ms|s))?");

	private ViewsPage() {
	}

	/** Examples in the order of the page. */
	static List<Example> examples() {
		List<Example> examples = new ArrayList<>();
		String view = "";
		List<Service> services = List.of();
		for (Block block : blocks()) {
			switch (block.kind()) {
				case "view" -> view = block.text();
				case "services" -> services = block.text().lines().map(Service::parse).toList();
				case "http" -> examples.add(Example.parse(view, services, block.text()));
				default -> {
				}
			}
		}
		return examples;
	}

	/** The view that is refused. */
	static String refused() {
		return find("refused");
	}

	/** What is said about it: pointer and sentence. */
	static Map<String, String> findings() {
		Map<String, String> findings = new LinkedHashMap<>();
		find("findings").lines().map((line) -> line.split("\\s+", 2)).forEach((line) -> findings.put(line[0], line[1]));
		return findings;
	}

	private static String find(String kind) {
		return blocks().stream().filter((block) -> block.kind().equals(kind)).findFirst().orElseThrow().text();
	}

	private static List<Block> blocks() {
		try {
			return BLOCK.matcher(Files.readString(PAGE))
				.results()
				.map((match) -> new Block(match.group(1), match.group(2).strip()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Block(String kind, String text) {

	}

	/** What one service answers. */
	record Service(String module, String path, int status, String json, int delayMillis) {

		static Service parse(String line) {
			Matcher matcher = SERVICE.matcher(line.strip());
			if (!matcher.matches()) {
				throw new IllegalArgumentException("service: %s (expected: %s)".formatted(line, SERVICE));
			}
			int after = Integer.parseInt(Optional.ofNullable(matcher.group("after")).orElse("0"));
			return new Service(matcher.group("module"), matcher.group("path"),
					Integer.parseInt(matcher.group("status")), Optional.ofNullable(matcher.group("json")).orElse(""),
					"s".equals(matcher.group("unit")) ? after * 1000 : after);
		}

	}

	/** A request and its answer. */
	record Example(String view, List<Service> services, String path, Map<String, String> requestHeaders, int status,
			Map<String, String> headers, String body) {

		static Example parse(String view, List<Service> services, String text) {
			String[] paragraphs = text.split("\n\n", 3);
			String path = paragraphs[0].lines().findFirst().orElseThrow().substring("GET ".length());
			int status = Integer.parseInt(paragraphs[1].lines().findFirst().orElseThrow());
			return new Example(view, services, path, headers(paragraphs[0]), status, headers(paragraphs[1]),
					paragraphs[2]);
		}

		private static Map<String, String> headers(String paragraph) {
			Map<String, String> headers = new LinkedHashMap<>();
			paragraph.lines()
				.skip(1)
				.map((line) -> line.split(": ", 2))
				.forEach((line) -> headers.put(line[0], line[1]));
			return headers;
		}

		@Override
		public String toString() {
			return "GET " + this.path + " " + this.status + " " + this.headers;
		}

	}

}
