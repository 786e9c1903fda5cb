package dev.pergola.samples.organizations;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * HTML whose parts are escaped unless they are HTML themselves.
 *
 * @param text markup
 */
record Html(String text) {

	static final Html NONE = new Html("");

	/**
	 * Fills a template.
	 * @param template markup with a {@code {}} for each argument, in elements or in
	 * quoted attributes
	 * @param arguments {@link Html} stays as it is, anything else is escaped
	 * @return the whole
	 */
	static Html of(String template, Object... arguments) {
		StringBuilder text = new StringBuilder();
		int from = 0;
		for (Object argument : arguments) {
			int hole = template.indexOf("{}", from);
			if (hole < 0) {
				throw new IllegalArgumentException(
						"template: %s (expected: %d holes)".formatted(template, arguments.length));
			}
			text.append(template, from, hole).append((argument instanceof Html(String html)) ? html : escape(argument));
			from = hole + 2;
		}
		return new Html(text.append(template, from, template.length()).toString());
	}

	static Html join(Collection<Html> parts) {
		return new Html(parts.stream().map(Html::text).collect(Collectors.joining()));
	}

	static Html when(boolean condition, String template, Object... arguments) {
		return condition ? of(template, arguments) : NONE;
	}

	private static String escape(Object value) {
		return String.valueOf(value)
			.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
