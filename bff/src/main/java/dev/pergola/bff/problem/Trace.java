package dev.pergola.bff.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.server.ServerWebExchange;

/**
 * Trace of a request as W3C Trace Context says: the client's, or a new one.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param sampled whether the client asked for it to be recorded
 */
public record Trace(String traceId, boolean sampled) {

	/** Header that carries the trace. */
	public static final String HEADER = "traceparent";

	private static final String ATTRIBUTE = Trace.class.getName();

	private static final Pattern SHAPE = Pattern
		.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");

	/** The trace of a request, the same however often it is asked for. */
	public static Trace of(ServerWebExchange exchange) {
		return (Trace) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, (key) -> read(exchange));
	}

	/** Value of {@link #HEADER} for a call made because of this request. */
	public String parent() {
		return "00-" + this.traceId + "-" + random(8) + "-" + (this.sampled ? "01" : "00");
	}

	private static Trace read(ServerWebExchange exchange) {
		String header = exchange.getRequest().getHeaders().getFirst(HEADER);
		Matcher matcher = SHAPE.matcher((header != null) ? header : "");
		if (matcher.matches()) {
			return new Trace(matcher.group(1), (Integer.parseInt(matcher.group(2), 16) & 1) == 1);
		}
		return new Trace(random(16), false);
	}

	private static String random(int bytes) {
		byte[] value = new byte[bytes];
		ThreadLocalRandom.current().nextBytes(value);
		value[0] |= 1;
		return HexFormat.of().formatHex(value);
	}

}
