package dev.pergola.registry.web;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.server.ServerWebExchange;

/**
 * Trace id of a request: the one of its {@code traceparent} (W3C Trace Context), else a
 * new one.
 */
final class TraceIds {

	private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

	private static final String NONE = "0".repeat(32);

	private TraceIds() {
	}

	/**
	 * The trace id.
	 * @return 32 hexadecimal digits, the same for the whole request
	 */
	static String of(ServerWebExchange exchange) {
		return (String) exchange.getAttributes()
			.computeIfAbsent(TraceIds.class.getName(), (key) -> given(exchange).orElseGet(TraceIds::create));
	}

	private static Optional<String> given(ServerWebExchange exchange) {
		String header = exchange.getRequest().getHeaders().getFirst("traceparent");
		Matcher matcher = TRACEPARENT.matcher((header != null) ? header : "");
		return (matcher.matches() && !matcher.group(1).equals(NONE)) ? Optional.of(matcher.group(1)) : Optional.empty();
	}

	private static String create() {
		byte[] bytes = new byte[16];
		ThreadLocalRandom.current().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
