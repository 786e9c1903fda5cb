package dev.pergola.design.generate;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * One design token as its file states it.
 *
 * @param path names from the outermost group to the token, joined by dots
 * @param type DTCG type, its own or its group's
 * @param value value, or reference in braces, in the default mode
 * @param modes values that differ, by theme or density
 * @param on paths of the backgrounds it must stand out from, empty if none
 * @param ratio contrast it must reach on each of them
 * @param file name of the file without its ending
 */
record Token(String path, String type, JsonNode value, Map<String, JsonNode> modes, List<String> on, double ratio,
		String description, String file) {

	Token {
		modes = Map.copyOf(modes);
		on = List.copyOf(on);
	}

	/** Name of the custom property. */
	String property() {
		return "--pergola-" + this.path.replace('.', '-');
	}

	JsonNode value(Mode mode) {
		JsonNode themed = this.modes.get(mode.theme());
		return (themed != null) ? themed : this.modes.getOrDefault(mode.density(), this.value);
	}

}
