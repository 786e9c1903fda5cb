package dev.pergola.manifests;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes as text, when they are UTF-8. */
final class SourceText {

	/** Room for 5,000 files and their hashes. */
	private static final int MAX_BYTES = 1024 * 1024;

	private SourceText() {
	}

	static String decode(byte[] bytes) throws InvalidSourceException {
		if (bytes.length > MAX_BYTES) {
			throw new InvalidSourceException("must not be larger than 1 MiB", SourcePlace.UNKNOWN);
		}
		CharBuffer text = CharBuffer.allocate(bytes.length);
		CoderResult result = StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.decode(ByteBuffer.wrap(bytes), text, true);
		text.flip();
		if (result.isError()) {
			throw new InvalidSourceException("must be UTF-8", end(text));
		}
		if (!text.isEmpty() && text.charAt(0) == '\uFEFF') {
			throw new InvalidSourceException("must not start with a byte order mark", new SourcePlace(1, 1));
		}
		return text.toString();
	}

	private static SourcePlace end(CharBuffer text) {
		int line = 1;
		int column = 1;
		for (int i = 0; i < text.length(); i++) {
			boolean isEnd = text.charAt(i) == '\n';
			line += isEnd ? 1 : 0;
			column = isEnd ? 1 : column + 1;
		}
		return new SourcePlace(line, column);
	}

}
