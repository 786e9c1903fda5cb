package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Module folders for tests. */
final class Modules {

	private static final String MANIFEST = """
			{
			  "schema": 1,
			  "module": "hello",
			  "version": "1.0.0",
			  "team": { "name": "greeters" },
			  "entry": { "format": "esm", "file": "hello.js" },
			  "pages": [ { "id": "home", "path": "/hello", "element": "hello-page" } ]
			}
			""";

	private Modules() {
	}

	static Path hello(Path folder) throws IOException {
		return write(folder, MANIFEST);
	}

	static Path invalid(Path folder) throws IOException {
		return write(folder, MANIFEST.replace("\"/hello\"", "\"hello\"").replace("hello.js\" }", "other.js\" }"));
	}

	private static Path write(Path folder, String manifest) throws IOException {
		Files.createDirectories(folder.resolve("chunks"));
		Files.writeString(folder.resolve("manifest.json"), manifest);
		Files.writeString(folder.resolve("hello.js"), "export default 1;");
		Files.writeString(folder.resolve("chunks/a.js"), "a".repeat(1000));
		Files.writeString(folder.resolve(".hidden"), "x");
		return folder;
	}

}
