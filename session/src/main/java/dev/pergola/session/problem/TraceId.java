package dev.pergola.session.problem;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.server.ServerWebExchange;

/**
 * Trace id of a request, the same for as long as the request lasts.
 */
public final class TraceId {

	private static final String ATTRIBUTE = TraceId.class.getName();

	// W3C Trace Context, "traceparent": version-traceid-parentid-flags.
	private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

	private static final String NONE = "0".repeat(32);

	private static final SecureRandom random = new SecureRandom();

	private TraceId() {
	}

	/**
	 * Trace id out of header {@code traceparent}, or a new one.
	 * @param exchange the request
	 * @return 32 lower-case hexadecimal digits
	 */
	public static String of(ServerWebExchange exchange) {
		Map<String, Object> attributes = exchange.getAttributes();
		Object known = attributes.get(ATTRIBUTE);
		if (known == null) {
			known = read(exchange);
			attributes.put(ATTRIBUTE, known);
		}
		return known.toString();
	}

	/**
	 * Makes an id the one of this request, where another part has read it already.
	 * @param exchange the request
	 * @param traceId 32 lower-case hexadecimal digits
	 */
	public static void use(ServerWebExchange exchange, String traceId) {
		exchange.getAttributes().put(ATTRIBUTE, traceId);
	}

	private static String read(ServerWebExchange exchange) {
		String header = exchange.getRequest().getHeaders().getFirst("traceparent");
		if (header != null) {
			Matcher matcher = TRACEPARENT.matcher(header);
			if (matcher.matches() && !NONE.equals(matcher.group(1))) {
				return matcher.group(1);
			}
		}
		byte[] bytes = new byte[16];
		random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
