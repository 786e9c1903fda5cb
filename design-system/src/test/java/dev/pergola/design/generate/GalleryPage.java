package dev.pergola.design.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns the source of a gallery page into its HTML: an example stands once in the source,
 * and both the live one and its code are made of it.
 */
final class GalleryPage {

	/** Replaced by the shell with the address of the assets. */
	static final String ASSETS = "{{assets}}";

	private final Path elements;

	private final List<String> icons;

	GalleryPage(Path elements, List<String> icons) {
		this.elements = elements;
		this.icons = List.copyOf(icons);
	}

	String write(String source) {
		String html = replace(headed(source), "example", this::example);
		html = replace(html, "code-only", (match) -> code(match.group(2).strip()));
		html = replace(html, "use", (match) -> use(match.group(2)));
		html = replace(html, "keys", (match) -> keys(match.group(2)));
		html = replace(html, "all-icons", (match) -> icons());
		html = replace(html, "api", (match) -> api(match.group(1)));
		return icons(html, ASSETS);
	}

	/**
	 * Examples hold headings of the third level, so one of the second must come before.
	 */
	private static String headed(String source) {
		int example = source.indexOf("<example>");
		int heading = source.indexOf("<h2");
		return (example >= 0 && (heading < 0 || heading > example))
				? source.substring(0, example) + "<h2>Example</h2>\n" + source.substring(example) : source;
	}

	private static String replace(String html, String tag, Function<MatchResult, String> made) {
		Pattern pattern = Pattern.compile("<%s\\b([^>]*)>(.*?)</%s>".formatted(tag, tag), Pattern.DOTALL);
		return pattern.matcher(html).replaceAll((match) -> Matcher.quoteReplacement(made.apply(match)));
	}

	private String example(MatchResult match) {
		String live = match.group(2).strip();
		String shown = icons(live.replaceAll(" data-demo=\"[^\"]*\"", ""), "/assets/…");
		return "<div class=\"pergola-example\"><div>\n" + live
				+ "\n</div><details class=\"pergola-disclosure\"><summary>Code</summary>" + code(shown)
				+ "</details></div>";
	}

	private static String code(String text) {
		return "<pre data-code tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>" + Html.escape(text)
				+ "</code></pre>";
	}

	private static String use(String lines) {
		return "<div class=\"pergola-grid fit\">\n" + list(lines, "+", "When to use", "success")
				+ list(lines, "-", "When not to use", "danger") + "</div>";
	}

	private static String list(String lines, String sign, String heading, String status) {
		return lines.lines()
			.filter((line) -> line.startsWith(sign))
			.map((line) -> "<li>" + line.substring(2) + "</li>\n")
			.collect(Collectors.joining("",
					"<section class=\"pergola-message %s\">\n<h2>%s</h2>\n<ul>\n".formatted(status, heading),
					"</ul>\n</section>\n"));
	}

	private static String keys(String lines) {
		List<List<String>> rows = lines.lines()
			.filter((line) -> line.contains(" | "))
			.map((line) -> line.split(" \\| ", 2))
			.map((parts) -> List.of(pressed(parts[0]), parts[1]))
			.toList();
		return "<h2>Keyboard</h2>\n" + Html.table("Keyboard", List.of("Key", "What it does"), rows);
	}

	private static String pressed(String keys) {
		return Stream.of(keys.split(", "))
			.map((key) -> Stream.of(key.split("\\+"))
				.map((each) -> "<kbd>" + each + "</kbd>")
				.collect(Collectors.joining("+")))
			.collect(Collectors.joining(" "));
	}

	private String icons() {
		return this.icons.stream()
			.map((name) -> "<li class=\"pergola-tile\">" + Html.icon(ASSETS, name) + "<span>" + name + "</span></li>\n")
			.collect(Collectors.joining("", "<ul class=\"pergola-tiles\">\n", "</ul>"));
	}

	private String api(String attributes) {
		try {
			return new ElementApi(this.elements.resolve(attributes.replaceAll(".*file=\"|\".*", ""))).html();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String icons(String html, String assets) {
		return Pattern.compile("\\{icon:([a-z0-9-]+)}")
			.matcher(html)
			.replaceAll((match) -> Matcher.quoteReplacement(Html.icon(assets, match.group(1))));
	}

}
