package dev.pergola.bff.files;

import java.util.Locale;
import java.util.Map;

/** Content type of a file by the end of its name. */
final class FileTypes {

	private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("js", "text/javascript; charset=utf-8"),
			Map.entry("mjs", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
			Map.entry("json", "application/json"), Map.entry("map", "application/json"),
			Map.entry("html", "text/html; charset=utf-8"), Map.entry("txt", "text/plain; charset=utf-8"),
			Map.entry("md", "text/markdown; charset=utf-8"), Map.entry("svg", "image/svg+xml"),
			Map.entry("png", "image/png"), Map.entry("jpg", "image/jpeg"), Map.entry("jpeg", "image/jpeg"),
			Map.entry("gif", "image/gif"), Map.entry("webp", "image/webp"), Map.entry("avif", "image/avif"),
			Map.entry("ico", "image/x-icon"), Map.entry("woff", "font/woff"), Map.entry("woff2", "font/woff2"),
			Map.entry("wasm", "application/wasm"));

	private FileTypes() {
	}

	static String of(String path) {
		int dot = path.lastIndexOf('.');
		String ending = (dot > path.lastIndexOf('/')) ? path.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
		return TYPES.getOrDefault(ending, "application/octet-stream");
	}

	/** Whether compression gains anything. */
	static boolean isText(String type) {
		return type.startsWith("text/") || type.startsWith("application/json") || type.startsWith("image/svg")
				|| type.startsWith("application/wasm");
	}

	/** Whether a browser that opens it by itself would run scripts in it. */
	static boolean isDocument(String type) {
		return type.startsWith("text/html") || type.startsWith("image/svg");
	}

}
