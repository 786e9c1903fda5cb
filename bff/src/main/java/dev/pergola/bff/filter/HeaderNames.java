package dev.pergola.bff.filter;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of headers, compared without case and with {@code _} as {@code -}: many services
 * cannot tell these apart (CVE-2025-64484).
 */
final class HeaderNames {

	/** RFC 9110 section 7.6.1, and what older programs take for one of these. */
	static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-authenticate",
			"proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
			"http2-settings");

	private final Set<String> names;

	private final List<String> prefixes;

	HeaderNames(Set<String> names, List<String> prefixes) {
		this.names = Set.copyOf(names);
		this.prefixes = List.copyOf(prefixes);
	}

	boolean contains(String name) {
		String plain = plain(name);
		return this.names.contains(plain) || HOP_BY_HOP.contains(plain)
				|| this.prefixes.stream().anyMatch(plain::startsWith);
	}

	static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
