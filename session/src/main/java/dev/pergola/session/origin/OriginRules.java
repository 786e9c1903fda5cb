package dev.pergola.session.origin;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * Decides whether a request may have been sent by another site on the person's behalf.
 * The rules are those of "OAuth 2.0 for Browser-Based Applications" (section on the BFF)
 * and of Fetch Metadata; {@code same-site} is not trusted, as a sibling subdomain may be
 * taken over.
 *
 * @param publicOrigin origin people open in the browser
 */
record OriginRules(String publicOrigin) {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.TRACE);

	/**
	 * Looks at one request.
	 * @param method method
	 * @param path path as the router sees it
	 * @param headers headers
	 * @param withSession whether the browser sent a session cookie and nothing stronger
	 * @return why it is refused, or {@code null}
	 */
	@Nullable String refusal(HttpMethod method, PathContainer path, HttpHeaders headers, boolean withSession) {
		if (method == HttpMethod.OPTIONS && headers.getFirst("Access-Control-Request-Method") != null) {
			return "Calls from other origins are not allowed.";
		}
		if (withSession && !"1".equals(headers.getFirst("X-Pergola"))) {
			boolean stream = asksForStream(method, headers);
			if (stream && (PathGroups.HEADER.contain(path) || PathGroups.STREAMS.contain(path))) {
				return sameOrigin(headers) ? null : "An event stream opens from the portal's own origin only.";
			}
			if (PathGroups.HEADER.contain(path)) {
				return "The header X-Pergola: 1 is missing.";
			}
		}
		if (SAFE.contains(method) || PathGroups.BACK_CHANNEL.contain(path)) {
			return null;
		}
		return foreign(headers, withSession) ? "The request comes from another origin." : null;
	}

	private static boolean asksForStream(HttpMethod method, HttpHeaders headers) {
		return method == HttpMethod.GET
				&& (lower(headers.getFirst(HttpHeaders.ACCEPT)).contains("text/event-stream") || webSocket(headers));
	}

	private static boolean webSocket(HttpHeaders headers) {
		return lower(headers.getFirst(HttpHeaders.UPGRADE)).contains("websocket");
	}

	private boolean sameOrigin(HttpHeaders headers) {
		String site = headers.getFirst("Sec-Fetch-Site");
		return (site != null) ? "same-origin".equals(site) : isPublic(headers.getOrigin());
	}

	private boolean foreign(HttpHeaders headers, boolean withSession) {
		String site = headers.getFirst("Sec-Fetch-Site");
		if (site != null) {
			return !"same-origin".equals(site) && !"none".equals(site);
		}
		if (headers.getOrigin() != null) {
			return !isPublic(headers.getOrigin());
		}
		// No browser of today sends neither; a program without a session harms nobody.
		return withSession && !"1".equals(headers.getFirst("X-Pergola"));
	}

	private boolean isPublic(@Nullable String origin) {
		return this.publicOrigin.equalsIgnoreCase(origin);
	}

	private static String lower(@Nullable String value) {
		return (value != null) ? value.toLowerCase(Locale.ROOT) : "";
	}

}
