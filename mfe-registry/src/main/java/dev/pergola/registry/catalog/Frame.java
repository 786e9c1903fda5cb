package dev.pergola.registry.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One server-sent event or comment, ready to be sent to any number of watchers.
 *
 * @param revision revision a watcher has after it, -1 when it says nothing of one
 * @param parts UTF-8, one after the other; not to be changed
 */
record Frame(long revision, List<ByteBuffer> parts) {

	private static final byte[] END = bytes("\n\n");

	static Frame comment(String text) {
		return new Frame(-1, List.of(ByteBuffer.wrap(bytes(":" + text + "\n\n"))));
	}

	static Frame catalog(Snapshot snapshot) {
		return new Frame(snapshot.revision(),
				List.of(head(snapshot.revision(), "catalog", ""), snapshot.json(), ByteBuffer.wrap(END)));
	}

	/**
	 * An event of a change.
	 * @param start what is before the rest of the JSON
	 */
	static Frame change(long revision, String start, byte[] rest, int offset) {
		return new Frame(revision, List.of(head(revision, "change", start),
				ByteBuffer.wrap(rest, offset, rest.length - offset), ByteBuffer.wrap(END)));
	}

	private static ByteBuffer head(long revision, String event, String start) {
		return ByteBuffer.wrap(bytes("id:%d\nevent:%s\ndata:%s".formatted(revision, event, start)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
