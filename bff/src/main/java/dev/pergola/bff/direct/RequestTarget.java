package dev.pergola.bff.direct;

/** Request targets in origin form, as RFC 9112 section 3.2.1 has them. */
final class RequestTarget {

	private static final boolean[] ALLOWED = new boolean[128];

	static {
		String allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?";
		allowed.chars().forEach((c) -> ALLOWED[c] = true);
	}

	private RequestTarget() {
	}

	/** Whether every character may stand there, and every escape is whole. */
	static boolean isValid(String target) {
		int length = target.length();
		for (int i = 0; i < length; i++) {
			char c = target.charAt(i);
			if (c == '%') {
				if (i + 2 >= length || !isHex(target.charAt(i + 1)) || !isHex(target.charAt(i + 2))) {
					return false;
				}
				i += 2;
			}
			else if (c >= 128 || !ALLOWED[c]) {
				return false;
			}
		}
		return true;
	}

	private static boolean isHex(char c) {
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
	}

}
