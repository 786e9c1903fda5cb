package dev.pergola.bff.filter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.ProblemHandler;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses paths that two programs could read in two ways, before anyone decides by them:
 * what is checked here is what is routed and what the upstream gets.
 */
public final class PathStrictness implements WebFilter, Ordered {

	private static final List<String> PREFIXES = List.of("/api", "/views", "/agents", "/modules", "/openapi",
			"/upstreams", "/registry");

	private static final Pattern ENCODED_TWICE = Pattern.compile("%[0-9a-fA-F]{2}");

	private final ProblemHandler problems;

	public PathStrictness(ProblemHandler problems) {
		this.problems = problems;
	}

	/** Behind what adds headers to every response, before security. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 50;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = exchange.getRequest().getURI().getRawPath();
		if (!isDisguised(path) && (PREFIXES.stream().noneMatch(path::startsWith) || isPlain(path))) {
			return chain.filter(exchange);
		}
		BffException refused = new BffException(Failure.BAD_PATH, "This path can be read in more than one way.");
		return this.problems.write(exchange, refused, refused);
	}

	/**
	 * Whether the first segment is a prefix written in another way: security and
	 * controllers would take it for the prefix, routes would not.
	 */
	private static boolean isDisguised(String path) {
		int end = path.indexOf('/', 1);
		String first = path.substring(0, (end < 0) ? path.length() : end);
		if (first.indexOf('%') < 0 && first.indexOf(';') < 0) {
			return false;
		}
		try {
			String plain = decode(first);
			int parameter = plain.indexOf(';');
			return PREFIXES.contains((parameter < 0) ? plain : plain.substring(0, parameter));
		}
		catch (CharacterCodingException | IllegalArgumentException ex) {
			return true;
		}
	}

	/**
	 * Whether a path can be read in one way only.
	 * @param path as it was sent, starting with a slash
	 */
	public static boolean isPlain(String path) {
		int from = 1;
		while (from <= path.length()) {
			int slash = path.indexOf('/', from);
			int to = (slash < 0) ? path.length() : slash;
			// Only the last segment may be empty: a slash at the end.
			if ((from == to && slash >= 0) || !isPlainSegment(path.substring(from, to))) {
				return false;
			}
			from = to + 1;
		}
		return true;
	}

	private static boolean isPlainSegment(String segment) {
		String decoded = segment;
		if (segment.indexOf('%') >= 0) {
			try {
				decoded = decode(segment);
			}
			catch (CharacterCodingException | IllegalArgumentException ex) {
				return false;
			}
		}
		return !decoded.equals(".") && !decoded.equals("..") && hasPlainCharacters(decoded)
				&& !(decoded.indexOf('%') >= 0 && ENCODED_TWICE.matcher(decoded).find());
	}

	private static boolean hasPlainCharacters(String segment) {
		for (int i = 0; i < segment.length(); i++) {
			char c = segment.charAt(i);
			if (c == '/' || c == '\\' || c == ';' || Character.isISOControl(c)) {
				return false;
			}
		}
		return true;
	}

	// Strict: overlong and broken UTF-8 is an error, not a replacement character.
	private static String decode(String segment) throws CharacterCodingException {
		byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
		ByteBuffer bytes = ByteBuffer.allocate(raw.length);
		for (int i = 0; i < raw.length; i++) {
			if (raw[i] == '%') {
				if (i + 2 >= raw.length) {
					throw new IllegalArgumentException("escape: cut off");
				}
				bytes.put((byte) Integer.parseInt(segment, i + 1, i + 3, 16));
				i += 2;
			}
			else {
				bytes.put(raw[i]);
			}
		}
		return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
	}

}
