package dev.pergola.bff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service without manners: reads the head of each request and writes what a test says,
 * byte for byte.
 */
public final class RawUpstream implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final Answer answer;

	public RawUpstream(Answer answer) throws IOException {
		this.answer = answer;
		this.executor.execute(this::accept);
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/** Heads of all requests, in the order they came. */
	public List<String> heads() {
		return this.heads;
	}

	public int connections() {
		return this.connections.get();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				this.connections.incrementAndGet();
				this.executor.execute(() -> serve(socket));
			}
			catch (IOException closed) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			String head;
			while (!(head = head(socket.getInputStream())).isEmpty()) {
				this.heads.add(head);
				if (!this.answer.write(head, socket.getOutputStream())) {
					return;
				}
			}
		}
		catch (IOException gone) {
			// The bff may close whenever it likes.
		}
	}

	private static String head(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int last = 0;
		for (int next = in.read(); next >= 0; next = in.read()) {
			head.write(next);
			last = (last << 8) | next;
			if (last == 0x0D0A0D0A) {
				return head.toString(StandardCharsets.ISO_8859_1);
			}
		}
		return "";
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : new ArrayList<>(this.sockets)) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.executor.shutdownNow();
	}

	/** What the service says to a request. */
	public interface Answer {

		/**
		 * Writes the answer.
		 * @return whether the connection stays open
		 */
		boolean write(String head, OutputStream out) throws IOException;

	}

}
