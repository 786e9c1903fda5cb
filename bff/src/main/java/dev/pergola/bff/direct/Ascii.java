package dev.pergola.bff.direct;

import java.nio.charset.StandardCharsets;

import io.netty.util.AsciiString;

/**
 * Header text as bytes: the codec copies those in one piece, and other text character by
 * character, which was a quarter of a call's time.
 */
final class Ascii {

	private static final int WORTH_IT = 24;

	private Ascii() {
	}

	/** Bytes where that is worth a copy. */
	static CharSequence of(CharSequence text) {
		return (text.length() < WORTH_IT || text instanceof AsciiString) ? text : of(text.toString());
	}

	/** Characters beyond ISO-8859-1 do not occur: what comes from a codec is bytes. */
	static AsciiString of(String text) {
		return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
	}

}
