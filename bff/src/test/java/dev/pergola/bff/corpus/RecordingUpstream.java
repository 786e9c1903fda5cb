package dev.pergola.bff.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service that writes down every message byte for byte and reads bodies as strictly as
 * RFC 9112 allows.
 */
final class RecordingUpstream implements AutoCloseable {

	private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
		.getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Message> messages = new CopyOnWriteArrayList<>();

	RecordingUpstream() throws IOException {
		this.executor.execute(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** What came in since the last look, whole messages only. */
	List<Message> take() {
		List<Message> taken = new ArrayList<>(this.messages);
		this.messages.removeAll(taken);
		return taken;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.executor.execute(() -> serve(socket));
			}
			catch (IOException closed) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = socket.getInputStream();
			List<String> head = head(in);
			while (!head.isEmpty()) {
				this.messages.add(new Message(head, body(head, in)));
				socket.getOutputStream().write(OK);
				head = head(in);
			}
		}
		catch (IOException gone) {
			// The bff may close whenever it likes.
		}
	}

	private static List<String> head(InputStream in) throws IOException {
		List<String> head = new ArrayList<>();
		String line = line(in);
		while (!line.isEmpty()) {
			head.add(line);
			line = line(in);
		}
		return head;
	}

	/** A line without its end; empty at the end of the connection, too. */
	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int last = -1;
		for (int next = in.read(); next >= 0; next = in.read()) {
			if (last == '\r' && next == '\n') {
				String text = line.toString(StandardCharsets.ISO_8859_1);
				return text.substring(0, text.length() - 1);
			}
			line.write(next);
			last = next;
		}
		if (line.size() > 0) {
			throw new IOException("cut");
		}
		return "";
	}

	private static String body(List<String> head, InputStream in) throws IOException {
		String coding = value(head, "transfer-encoding");
		String length = value(head, "content-length");
		if (!coding.isEmpty()) {
			return coding.equals("chunked") && length.isEmpty() ? chunks(in) : "unreadable";
		}
		return length.isEmpty() ? "" : bytes(in, Integer.parseInt(length));
	}

	private static String chunks(InputStream in) throws IOException {
		StringBuilder body = new StringBuilder();
		int size = Integer.parseInt(line(in), 16);
		while (size > 0) {
			body.append(bytes(in, size));
			if (!line(in).isEmpty()) {
				return "unreadable";
			}
			size = Integer.parseInt(line(in), 16);
		}
		return line(in).isEmpty() ? body.toString() : "trailers";
	}

	private static String bytes(InputStream in, int count) throws IOException {
		byte[] bytes = in.readNBytes(count);
		if (bytes.length < count) {
			throw new IOException("cut");
		}
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	private static String value(List<String> head, String name) {
		return String.join("|",
				head.stream()
					.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
					.map((line) -> line.substring(name.length() + 1).strip())
					.toList());
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.executor.shutdownNow();
	}

	/**
	 * A message as it came.
	 *
	 * @param head lines
	 * @param body without chunks
	 */
	record Message(List<String> head, String body) {

		String target() {
			return this.head.getFirst();
		}

	}

}
