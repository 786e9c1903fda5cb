package dev.pergola.session.origin;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.pergola.session.SessionProperties;

/** Headers every response of the portal has, unless a part set its own. */
public final class SecurityHeaders {

	private SecurityHeaders() {
	}

	/**
	 * Names and values.
	 * @param properties public origin: one with TLS asks for TLS from now on
	 */
	public static Map<String, String> of(SessionProperties properties) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("X-Content-Type-Options", "nosniff");
		headers.put("Referrer-Policy", "same-origin");
		headers.put("Cross-Origin-Opener-Policy", "same-origin");
		headers.put("Cross-Origin-Resource-Policy", "same-origin");
		headers.put("X-Frame-Options", "SAMEORIGIN");
		headers.put("Cache-Control", "no-store");
		if ("https".equals(properties.publicOrigin().getScheme())) {
			headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
		}
		return Map.copyOf(headers);
	}

}
