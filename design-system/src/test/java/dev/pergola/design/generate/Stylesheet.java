package dev.pergola.design.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Joins the parts of the style sheet into the one file that is served.
 */
final class Stylesheet {

	static final Path FOLDER = Path.of("src/main/css");

	static final List<String> PARTS = List.of("base", "layout", "actions", "forms", "tables", "surfaces", "status",
			"content", "chat", "modes");

	private Stylesheet() {
	}

	static String join() throws IOException {
		StringBuilder css = new StringBuilder("/* Generated from src/main/css. Change the parts, not this file. */\n");
		css.append("@layer pergola.tokens, pergola.base, pergola.components, pergola.layout, pergola.modes;\n");
		for (String part : PARTS) {
			css.append('\n').append(Files.readString(FOLDER.resolve(part + ".css")));
		}
		return css.toString();
	}

}
