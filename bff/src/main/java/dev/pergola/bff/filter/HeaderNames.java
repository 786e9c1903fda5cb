package dev.pergola.bff.filter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of headers, compared without case and with {@code _} as {@code -}: many services
 * cannot tell these apart (CVE-2025-64484), and some no other sign either. What is
 * written in such a way and says something about the body is always one of these.
 */
final class HeaderNames {

	/** RFC 9110 section 7.6.1, and what older programs take for one of these. */
	static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-authenticate",
			"proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
			"http2-settings");

	/**
	 * Names seen before are not taken apart again; strangers cannot fill more than this.
	 */
	private static final int MAX_KNOWN = 2000;

	private static final Pattern SIGN = Pattern.compile("[^a-z0-9-]");

	private final Map<CharSequence, Boolean> known = new ConcurrentHashMap<>();

	private final Set<String> names;

	private final List<String> prefixes;

	HeaderNames(Set<String> names, List<String> prefixes) {
		this.names = Set.copyOf(names);
		this.prefixes = List.copyOf(prefixes);
	}

	/**
	 * Whether a name is one of these.
	 * @param name text, or bytes as a codec has them
	 */
	boolean contains(CharSequence name) {
		Boolean seen = this.known.get(name);
		return (seen != null) ? seen : learn(name);
	}

	private boolean learn(CharSequence name) {
		String plain = plain(name.toString());
		boolean disguised = plain.startsWith("content-")
				&& !plain.contentEquals(name.toString().toLowerCase(Locale.ROOT));
		boolean contained = disguised || this.names.contains(plain) || HOP_BY_HOP.contains(plain)
				|| this.prefixes.stream().anyMatch(plain::startsWith);
		if (name.length() <= 64 && this.known.size() < MAX_KNOWN) {
			this.known.put(name, contained);
		}
		return contained;
	}

	/**
	 * Names of the headers that concern one connection only, as it says itself; RFC 9110
	 * section 7.6.1.
	 * @param connection values of the header {@code Connection}
	 * @return in the form of {@link #plain}
	 */
	static Set<String> ofConnection(List<String> connection) {
		return connection.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map((name) -> plain(name.strip()))
			// A body without its length or kind would be another message.
			.filter((name) -> !name.startsWith("content-"))
			.collect(Collectors.toUnmodifiableSet());
	}

	static String plain(String name) {
		return SIGN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
	}

}
