package dev.pergola.registry.module;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * Media types of bundle files, by extension. Browsers refuse a module script of any type
 * but JavaScript, whatever the class path's tables say.
 */
final class FileTypes {

	private static final Map<String, MediaType> OURS = Map.of("js", utf8("text/javascript"), "mjs",
			utf8("text/javascript"), "cjs", utf8("text/javascript"), "map", MediaType.APPLICATION_JSON, "json",
			MediaType.APPLICATION_JSON, "wasm", MediaType.parseMediaType("application/wasm"), "woff2",
			MediaType.parseMediaType("font/woff2"), "md", utf8("text/markdown"));

	private FileTypes() {
	}

	static MediaType of(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1);
		String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		MediaType ours = OURS.get(extension);
		if (ours != null) {
			return ours;
		}
		MediaType known = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
		return known.getType().equals("text") ? new MediaType(known, StandardCharsets.UTF_8) : known;
	}

	private static MediaType utf8(String type) {
		return new MediaType(MediaType.parseMediaType(type), StandardCharsets.UTF_8);
	}

}
