package dev.pergola.session.login;

import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Local address a person goes on to after sign-in: a path with query, never another
 * origin.
 *
 * @param value starts with one {@code /}; visible ASCII without backslash, quotes and
 * angle brackets
 */
public record ReturnUrl(String value) {

	// One slash, then nothing a browser could read as the start of a host: no second
	// slash
	// or backslash anywhere before the query, no control characters, no dot segments, and
	// none of these encoded.
	private static final Pattern LOCAL = Pattern
		.compile("/(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]"
				+ "|%[0-9A-Fa-f]{2})*)?");

	private static final Pattern TRICK = Pattern.compile(
			"//|/\\.{1,2}(?:[/;]|$)|%(?:2[ef]|5c|0[0-9a-f]|1[0-9a-f]|7f|25)|^/[^/]*[:@]", Pattern.CASE_INSENSITIVE);

	private static final String ATTRIBUTE = ReturnUrl.class.getName();

	private static final int MAX_LENGTH = 2000;

	// Last, as it is held against the patterns above.
	/** The home page. */
	public static final ReturnUrl HOME = new ReturnUrl("/");

	public ReturnUrl {
		if (!isLocal(value)) {
			throw new IllegalArgumentException("returnUrl: not a local address (expected: a path such as /deals)");
		}
	}

	/**
	 * Whether a text is a local address to go on to. The addresses of sign-in and
	 * sign-out are not.
	 * @param value any text
	 * @return whether {@link #ReturnUrl(String)} takes it
	 */
	public static boolean isLocal(String value) {
		int query = value.indexOf('?');
		String path = (query < 0) ? value : value.substring(0, query);
		return value.length() <= MAX_LENGTH && LOCAL.matcher(value).matches() && !TRICK.matcher(path).find()
				&& !path.startsWith("/oauth2/") && !path.startsWith("/login/") && !path.equals("/logout");
	}

	/**
	 * The address when it is local, else the home page.
	 * @param value any text
	 * @return a local address
	 */
	public static ReturnUrl orHome(String value) {
		return isLocal(value) ? new ReturnUrl(value) : HOME;
	}

	/**
	 * Remembers on the way to the provider where the person goes on to.
	 * @return the address as an attribute of the request to the provider
	 */
	Map<String, Object> asAttribute() {
		return Map.of(ATTRIBUTE, this.value);
	}

	static void keepIn(ServerWebExchange exchange, OAuth2AuthorizationRequest request) {
		if (request.getAttribute(ATTRIBUTE) instanceof String text) {
			exchange.getAttributes().put(ATTRIBUTE, text);
		}
	}

	static ReturnUrl of(ServerWebExchange exchange) {
		return (exchange.getAttribute(ATTRIBUTE) instanceof String text) ? orHome(text) : HOME;
	}

}
