package dev.pergola.bff.filter;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Drops what an upstream may not say to a browser: cookies, rules for the whole origin,
 * addresses elsewhere, and that others may keep a signed-in person's answer.
 */
final class ResponseHygiene implements HttpHeadersFilter {

	static final HeaderNames DROPPED = new HeaderNames(
			Set.of("set-cookie", "set-cookie2", "server", "via", "x-powered-by", "strict-transport-security",
					"clear-site-data", "service-worker-allowed", "alt-svc", "refresh", "nel", "report-to",
					"reporting-endpoints", "origin-agent-cluster", "sourcemap", "www-authenticate", "cdn-cache-control",
					"cloudflare-cdn-cache-control", "edge-control", "surrogate-control"),
			List.of("access-control-", "x-pergola", "x-accel-", "proxy-"));

	private static final Pattern KEPT = Pattern.compile("(?:^|,)\\s*(?:private|no-store)\\s*(?:,|$)");

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		Set<String> ofConnection = HeaderNames.ofConnection(headers.getOrEmpty(HttpHeaders.CONNECTION));
		HttpHeaders kept = new HttpHeaders();
		headers.forEach((name, values) -> {
			if (!DROPPED.contains(name) && !ofConnection.contains(HeaderNames.plain(name))) {
				kept.addAll(name, values);
			}
		});
		URI upstream = Relay.route(exchange).getUri();
		localise(kept, HttpHeaders.LOCATION, upstream);
		localise(kept, HttpHeaders.CONTENT_LOCATION, upstream);
		keepPrivate(kept);
		return kept;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.RESPONSE;
	}

	private static void localise(HttpHeaders headers, String name, URI upstream) {
		String value = headers.getFirst(name);
		if (value == null) {
			return;
		}
		String local = local(value, upstream);
		if (local != null) {
			headers.set(name, local);
		}
		else {
			headers.remove(name);
		}
	}

	/** Path and query of an address of ours or of the upstream, else null. */
	static @Nullable String local(String value, URI upstream) {
		boolean isOneUrl = value.chars().noneMatch((c) -> c == '\\' || c <= ' ' || c >= 127);
		try {
			URI uri = isOneUrl ? URI.create(value) : null;
			if (uri == null || uri.isOpaque()) {
				return null;
			}
			boolean isLocal = uri.getScheme() == null && uri.getRawAuthority() == null;
			if (!isLocal && !(isSame(uri, upstream) && uri.getRawUserInfo() == null)) {
				return null;
			}
			String path = (uri.getRawPath() != null) ? uri.getRawPath() : "";
			if (path.startsWith("//")) {
				return null;
			}
			String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
			String fragment = (uri.getRawFragment() != null) ? "#" + uri.getRawFragment() : "";
			return ((path.isEmpty() && !isLocal) ? "/" : path) + query + fragment;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isSame(URI uri, URI upstream) {
		return upstream.getScheme().equalsIgnoreCase(uri.getScheme())
				&& upstream.getHost().equalsIgnoreCase(uri.getHost()) && port(uri) == port(upstream);
	}

	private static int port(URI uri) {
		return (uri.getPort() >= 0) ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
	}

	private static void keepPrivate(HttpHeaders headers) {
		List<String> lines = headers.get(HttpHeaders.CACHE_CONTROL);
		if (lines != null) {
			headers.put(HttpHeaders.CACHE_CONTROL, lines.stream().map(ResponseHygiene::keptPrivate).toList());
		}
	}

	/** What others may keep becomes what only the browser keeps (RFC 9111 section 3). */
	static String keptPrivate(String cacheControl) {
		String plain = cacheControl.toLowerCase(Locale.ROOT);
		if (plain.contains("public") || plain.contains("s-maxage")) {
			return "private, no-cache";
		}
		// Quotes may hide what is no directive, and "must-understand" undoes "no-store".
		boolean isClear = plain.indexOf('"') < 0 && !plain.contains("must-understand");
		if (isClear && KEPT.matcher(plain).find()) {
			return cacheControl;
		}
		return plain.isBlank() ? "private" : cacheControl + ", private";
	}

}
