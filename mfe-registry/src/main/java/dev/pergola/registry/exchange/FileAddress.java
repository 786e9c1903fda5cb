package dev.pergola.registry.exchange;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Address of a module's file in the portal: {@code /modules/{module}/{version}/{path}}.
 *
 * @param path path inside the bundle
 */
record FileAddress(String module, String version, String path) {

	private static final Pattern SHAPE = Pattern.compile("/modules/([a-z0-9-]+)/([^/]+)/([^?#]+)");

	/**
	 * Reads an address.
	 * @param url path, or address on any origin
	 * @return empty when it is none of the portal's
	 */
	static Optional<FileAddress> parse(String url) {
		try {
			String path = URI.create(url).getPath();
			Matcher matcher = SHAPE.matcher((path != null) ? path : "");
			return matcher.matches()
					? Optional.of(new FileAddress(matcher.group(1), matcher.group(2), matcher.group(3)))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Text of the address.
	 * @param origin origin before it, {@code null} for none
	 */
	String on(@Nullable URI origin) {
		return "%s/modules/%s/%s/%s".formatted((origin != null) ? origin : "", this.module, this.version, this.path);
	}

}
