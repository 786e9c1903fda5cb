package dev.pergola.shell.fragment;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * Where a fragment is.
 *
 * @param module module whose upstream has it
 * @param path path on the upstream, with the parameters of the page's path
 * @param parameters values of these, decoded
 * @param query query of the page as it was sent, passed on, {@code null} for none
 */
public record FragmentAddress(String module, String path, Map<String, String> parameters, @Nullable String query) {

	/*
	 * Each value is encoded as one segment, so that a slash or dots in it cannot reach
	 * another path of the upstream.
	 */
	URI below(String bff) {
		String base = bff.replaceAll("/+$", "");
		StringBuilder address = new StringBuilder(base).append("/api/").append(this.module);
		for (String segment : this.path.substring(1).split("/", -1)) {
			address.append('/').append(encoded(segment));
		}
		return URI.create(address + ((this.query != null) ? "?" + this.query : ""));
	}

	private String encoded(String segment) {
		if (!segment.startsWith("{") || !segment.endsWith("}")) {
			return UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8);
		}
		String value = this.parameters.getOrDefault(segment.substring(1, segment.length() - 1), "");
		return value.equals(".") || value.equals("..") ? "-" : UriUtils.encode(value, StandardCharsets.UTF_8);
	}

}
