package dev.pergola.design.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSDoc of an element's file and lays it out as tables, so the page cannot say
 * anything else than the code.
 */
final class ElementApi {

	private static final Pattern CLASS_DOC = Pattern
		.compile("/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\s*export class \\w+ extends LitElement");

	private static final Pattern TAG = Pattern.compile("@(slot|csspart|cssproperty|fires)\\s+(.*)");

	private static final Pattern PROPERTY = Pattern.compile("((?:\\s*/\\*\\*.*?\\*/)?)\\s+(\\w+): \\{([^}]*)\\},",
			Pattern.DOTALL);

	private static final Pattern METHOD = Pattern
		.compile("/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\n  (\\w+)\\(([^)]*)\\) \\{");

	private final String source;

	ElementApi(Path file) throws IOException {
		this.source = Files.readString(file);
	}

	String html() {
		List<List<String>> rows = new ArrayList<>();
		rows.addAll(properties());
		rows.addAll(methods());
		rows.addAll(tags());
		return "<h2>API</h2>\n" + Html.table("API", List.of("Name", "Kind", "What it is"), rows);
	}

	private List<List<String>> properties() {
		int start = this.source.indexOf("static properties = {");
		int end = this.source.indexOf("\n  };", start);
		List<List<String>> rows = new ArrayList<>();
		Matcher matcher = PROPERTY.matcher(this.source.substring(start + 21, end));
		while (matcher.find()) {
			String options = matcher.group(3);
			if (!options.contains("state: true")) {
				boolean isAttribute = !options.contains("attribute: false");
				rows.add(row(matcher.group(2), isAttribute ? "attribute, property" : "property",
						text(matcher.group(1))));
			}
		}
		return rows;
	}

	private List<List<String>> methods() {
		List<List<String>> rows = new ArrayList<>();
		Matcher matcher = METHOD.matcher(this.source.substring(this.source.indexOf("extends LitElement")));
		List<String> internal = List.of("updated", "willUpdate", "firstUpdated", "constructor");
		while (matcher.find()) {
			String text = text(matcher.group(1)).replaceAll("@.*", "").strip();
			if (!internal.contains(matcher.group(2)) && !text.isEmpty()) {
				rows.add(row(matcher.group(2) + "()", "method", text));
			}
		}
		return rows;
	}

	private List<List<String>> tags() {
		List<List<String>> rows = new ArrayList<>();
		Matcher doc = CLASS_DOC.matcher(this.source);
		if (!doc.find()) {
			throw new IllegalStateException("an element without JSDoc");
		}
		Matcher tag = TAG.matcher(doc.group(1));
		while (tag.find()) {
			String text = tag.group(2).replaceAll("^\\{\\w+} ", "");
			String name = text.replaceAll("\\s.*", "");
			String kind = switch (tag.group(1)) {
				case "fires" -> "event";
				case "csspart" -> "CSS part";
				case "cssproperty" -> "CSS property";
				default -> "slot";
			};
			rows.add(row(name.equals("-") ? "(default)" : name, kind,
					text.substring(name.length()).replaceFirst("^ (- )?", "")));
		}
		return rows;
	}

	private static List<String> row(String name, String kind, String text) {
		return List.of("<code>" + Html.escape(name) + "</code>", kind, Html.prose(text));
	}

	private static String text(String comment) {
		return comment.replaceAll("/\\*\\*|\\*/|\\n\\s*\\*", " ").replaceAll("\\s+", " ").strip();
	}

}
