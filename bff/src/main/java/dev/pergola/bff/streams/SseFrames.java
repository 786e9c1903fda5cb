package dev.pergola.bff.streams;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Frames of server-sent events as stock clients read them: LF only, one line of data,
 * never empty data, never an id alone.
 */
public final class SseFrames {

	private static final byte[] ID = "id: ".getBytes(StandardCharsets.UTF_8);

	private static final byte[] DATA_LINE = "\ndata: ".getBytes(StandardCharsets.UTF_8);

	private SseFrames() {
	}

	/**
	 * An event.
	 * @param data JSON on one line, not empty
	 */
	public static byte[] event(EventId id, byte[] data) {
		byte[] frame = new byte[ID.length + EventId.LENGTH + DATA_LINE.length + data.length + 2];
		int end = put(frame, 0, ID);
		id.write(frame, end);
		end = put(frame, end + EventId.LENGTH, DATA_LINE);
		end = put(frame, end, data);
		frame[end] = '\n';
		frame[end + 1] = '\n';
		return frame;
	}

	/**
	 * An event with a name, for what {@code onmessage} shall not see.
	 * @param data JSON on one line, not empty
	 */
	public static byte[] named(String name, byte[] data) {
		return frame("event: " + name + "\ndata: ", data);
	}

	/** An event without an id. */
	public static byte[] data(byte[] data) {
		return frame("data: ", data);
	}

	/** A comment, which every client ignores. */
	public static byte[] comment(String text) {
		return (":" + text + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

	/** Tells the client how long to wait before it connects again. */
	public static byte[] retry(Duration wait) {
		return ("retry: " + wait.toMillis() + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

	private static int put(byte[] frame, int start, byte[] bytes) {
		System.arraycopy(bytes, 0, frame, start, bytes.length);
		return start + bytes.length;
	}

	private static byte[] frame(String head, byte[] data) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + data.length + 2);
		bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
		bytes.writeBytes(data);
		bytes.write('\n');
		bytes.write('\n');
		return bytes.toByteArray();
	}

}
