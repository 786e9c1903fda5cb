package dev.pergola.design.generate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Pieces of HTML that several pages share.
 */
final class Html {

	private Html() {
	}

	static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	/** Escaped, with what stands between backticks as code. */
	static String prose(String text) {
		return escape(text).replaceAll("`([^`]+)`", "<code>$1</code>");
	}

	static String icon(String assets, String name) {
		return "<svg class=\"pergola-icon\" aria-hidden=\"true\"><use href=\"%s/design/icons.svg#%s\"/></svg>"
			.formatted(assets, name);
	}

	/**
	 * A table whose rows become cards when narrow; the first cell of a row names it.
	 * @param rows cells as HTML
	 */
	static String table(String label, List<String> heads, List<List<String>> rows) {
		String head = heads.stream()
			.map((each) -> "<th scope=\"col\">" + each + "</th>")
			.collect(Collectors.joining("", "<thead><tr>", "</tr></thead>\n"));
		String body = rows.stream()
			.map((row) -> row(heads, row))
			.collect(Collectors.joining("", "<tbody>\n", "</tbody>"));
		return "<div class=\"pergola-table-frame\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">\n".formatted(label)
				+ "<table class=\"pergola-table\">" + head + body + "</table>\n</div>\n";
	}

	private static String row(List<String> heads, List<String> cells) {
		StringBuilder html = new StringBuilder("<tr><th scope=\"row\">" + cells.getFirst() + "</th>");
		for (int i = 1; i < cells.size(); i++) {
			html.append("<td data-label=\"%s\"><div>%s</div></td>".formatted(heads.get(i), cells.get(i)));
		}
		return html.append("</tr>\n").toString();
	}

}
