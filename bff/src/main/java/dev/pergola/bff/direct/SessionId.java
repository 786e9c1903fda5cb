package dev.pergola.bff.direct;

import org.jspecify.annotations.Nullable;

/** The session's id in a {@code Cookie} header. */
final class SessionId {

	private SessionId() {
	}

	/**
	 * Value of a cookie.
	 * @param cookies value of the header
	 * @return {@code null} unless the cookie is there once, with a plain value
	 */
	static @Nullable String of(String cookies, String name) {
		int at = find(cookies, name, 0);
		if (at < 0 || find(cookies, name, at) >= 0) {
			return null;
		}
		int end = cookies.indexOf(';', at);
		String value = cookies.substring(at, (end < 0) ? cookies.length() : end);
		return isPlain(value) ? value : null;
	}

	/** Where the value begins, -1 when there is none after {@code from}. */
	private static int find(String cookies, String name, int from) {
		int at = cookies.indexOf(name, from);
		while (at >= 0) {
			int end = at + name.length();
			boolean whole = (at == 0 || cookies.charAt(at - 1) == ' ' || cookies.charAt(at - 1) == ';')
					&& end < cookies.length() && cookies.charAt(end) == '=';
			if (whole) {
				return end + 1;
			}
			at = cookies.indexOf(name, end);
		}
		return -1;
	}

	private static boolean isPlain(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
					|| c == '_';
			if (!plain) {
				return false;
			}
		}
		return !value.isEmpty();
	}

}
