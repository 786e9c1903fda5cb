package dev.pergola.manifests;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of custom elements, as the HTML Standard says under "valid custom element name".
 */
final class ElementName {

	private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9._-]*");

	/** Names of SVG and MathML that have a hyphen. */
	private static final Set<String> TAKEN = Set.of("annotation-xml", "color-profile", "font-face", "font-face-src",
			"font-face-uri", "font-face-format", "font-face-name", "missing-glyph");

	private ElementName() {
	}

	static void check(Field field, Findings findings) {
		field.text().ifPresent((name) -> {
			if (!name.contains("-")) {
				findings.add(field.pointer(), "%s must have a hyphen".formatted(Quoted.of(name)));
			}
			else if (!SHAPE.matcher(name).matches() || TAKEN.contains(name)) {
				findings.add(field.pointer(), "%s is not a custom element name".formatted(Quoted.of(name)));
			}
			else if (name.startsWith("pergola-")) {
				findings.add(field.pointer(), "must not start with pergola-, which is the portal's");
			}
		});
	}

}
