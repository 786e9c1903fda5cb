package dev.pergola.design.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the page that lists every token: its value in each mode and what it stands out
 * from.
 */
final class TokensPage {

	private final DesignTokens tokens;

	TokensPage(DesignTokens tokens) {
		this.tokens = tokens;
	}

	String write() {
		StringBuilder html = new StringBuilder("<!-- title: Tokens -->\n");
		html.append(
				"<p class=\"pergola-lead\">A token says what a value is for. Modes, densities and brands change the value; "
						+ "no page does.</p>\n");
		html.append("<p>Take them as DTCG 2025.10 JSON: ");
		html.append(List.of("base", "semantic", "component")
			.stream()
			.map((file) -> "<a href=\"%s/design/tokens/%s.json\" download>%s.json</a>".formatted(GalleryPage.ASSETS,
					file, file))
			.collect(Collectors.joining(", ")));
		html.append(". In CSS: <code>var(--pergola-color-text-quiet)</code>.</p>\n");
		groups().forEach((name, group) -> html.append("<section class=\"pergola-section\">\n<h2>")
			.append(name)
			.append("</h2>\n")
			.append(table(name, group))
			.append("</section>\n"));
		return html.toString();
	}

	private Map<String, List<Token>> groups() {
		return this.tokens.published()
			.stream()
			.collect(Collectors.groupingBy(TokensPage::group, LinkedHashMap::new, Collectors.toList()));
	}

	private static String group(Token token) {
		String[] names = token.path().split("\\.");
		boolean isColor = names[0].equals("color");
		String name = token.file().equals("component") ? "components" : names[isColor ? 1 : 0];
		return (isColor ? "Colour: " : "") + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
				+ name.substring(1);
	}

	private String table(String label, List<Token> group) {
		boolean isColor = group.getFirst().type().equals("color") && group.getFirst().file().equals("semantic");
		List<String> heads = isColor ? List.of("Token", "Light", "Dark", "Contrast", "Use")
				: List.of("Token", "Comfortable", "Compact", "Use");
		return Html.table(label, heads,
				group.stream().map((token) -> isColor ? colored(token) : plain(token)).toList());
	}

	private List<String> colored(Token token) {
		List<String> cells = new ArrayList<>(List.of(name(token)));
		for (String theme : Mode.THEMES) {
			Mode mode = new Mode(theme, "comfortable");
			cells.add(swatch(this.tokens.css(token, mode)) + worst(token, mode));
		}
		cells.add(Html.escape(token.description()));
		return cells;
	}

	private List<String> plain(Token token) {
		List<String> cells = new ArrayList<>(List.of(name(token)));
		for (String density : Mode.DENSITIES) {
			String value = this.tokens.css(token, new Mode("light", density));
			String shown = token.type().equals("color") ? swatch(value) : "<code>" + Html.escape(value) + "</code>";
			cells.add(cells.contains(shown) ? "same" : shown);
		}
		cells.add(Html.escape(token.description()));
		return cells;
	}

	private static String name(Token token) {
		return "<code class=\"pergola-nowrap\">" + token.property() + "</code>";
	}

	/** A fill is an attribute of SVG, which a strict policy for styles allows. */
	private static String swatch(String color) {
		return ("<svg class=\"pergola-swatch\" aria-hidden=\"true\"><rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/></svg> "
				+ "<code>%s</code>")
			.formatted(color, color);
	}

	/** Least contrast with any background it is made for. */
	private String worst(Token token, Mode mode) {
		Color color = this.tokens.color(token, mode);
		return token.on()
			.stream()
			.mapToDouble((background) -> color.contrast(this.tokens.color(this.tokens.get(background), mode)))
			.min()
			.stream()
			.mapToObj((ratio) -> " <small class=\"pergola-quiet pergola-nowrap\">≥ %.1f : 1</small>"
				.formatted(Math.floor(ratio * 10) / 10))
			.collect(Collectors.joining());
	}

}
