package dev.pergola.shell.browser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module as the catalog lists it.
 *
 * @param script content of its entry
 * @param styles content of its style sheet, empty for none
 * @param reason why it is switched off, empty while it is on
 */
record ScriptedModule(String name, String version, String format, String script, String styles, String reason) {

	static ScriptedModule of(String name, String version, String script) {
		return new ScriptedModule(name, version, "esm", script, "", "");
	}

	ScriptedModule off(String why) {
		return new ScriptedModule(this.name, this.version, this.format, this.script, this.styles, why);
	}

	ScriptedModule styled(String css) {
		return new ScriptedModule(this.name, this.version, this.format, this.script, css, this.reason);
	}

	ScriptedModule as(String otherFormat) {
		return new ScriptedModule(this.name, this.version, otherFormat, this.script, this.styles, this.reason);
	}

	String entry() {
		return "/modules/%s/%s/entry.%s".formatted(this.name, this.version,
				this.format.equals("iframe") ? "html" : "js");
	}

	Map<String, String> files() {
		Map<String, String> files = new LinkedHashMap<>();
		files.put(entry(), this.script);
		if (!this.styles.isEmpty()) {
			files.put(entry().replace("entry.js", "styles.css"), this.styles);
		}
		return files;
	}

	Map<String, String> integrity() {
		Map<String, String> integrity = new LinkedHashMap<>();
		files().forEach((path, content) -> integrity.put(path, hash(content)));
		return integrity;
	}

	Map<String, Object> listed() {
		Map<String, Object> listed = new LinkedHashMap<>();
		listed.put("module", this.name);
		listed.put("version", this.version);
		listed.put("title", this.name.substring(0, 1).toUpperCase() + this.name.substring(1));
		listed.put("enabled", this.reason.isEmpty());
		listed.put("reason", this.reason.isEmpty() ? null : this.reason);
		listed.put("entry", Map.of("format", this.format, "url", entry(), "styles",
				files().keySet().stream().filter((path) -> path.endsWith(".css")).toList()));
		listed.put("integrity", integrity());
		listed.put("events", Map.of("publishes", List.of("thing.made.v1"), "subscribes", List.of("thing.made.v1")));
		return listed;
	}

	private static String hash(String content) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-384").digest(content.getBytes(StandardCharsets.UTF_8));
			return "sha384-" + Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
