package dev.pergola.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and the portal and cuts answers of agents at random places, as
 * a bad network does: the connection is reset in the middle of a frame.
 */
final class CuttingProxy implements AutoCloseable {

	private static final int MOST_BYTES = 3000;

	private final ServerSocket server;

	private final int target;

	private final int most;

	private final Random random;

	private final AtomicInteger cuts = new AtomicInteger();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	/**
	 * Starts on a free port.
	 * @param target port of the portal on this machine
	 * @param most number of connections it cuts
	 * @param seed makes the places the same again
	 */
	CuttingProxy(int target, int most, long seed) throws IOException {
		this.target = target;
		this.most = most;
		this.random = new Random(seed);
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.threads.submit(this::accept);
	}

	String origin() {
		return "http://localhost:" + this.server.getLocalPort();
	}

	int cuts() {
		return this.cuts.get();
	}

	private Void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket client = this.server.accept();
			this.threads.submit(() -> forward(client));
		}
		return null;
	}

	private Void forward(Socket client) throws IOException {
		try (client; Socket portal = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
			AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
			this.threads.submit(() -> requests(client, portal, left));
			answers(portal, client, left);
		}
		return null;
	}

	private Void requests(Socket client, Socket portal, AtomicInteger left) throws IOException {
		byte[] buffer = new byte[16 * 1024];
		for (int read = client.getInputStream().read(buffer); read >= 0; read = client.getInputStream().read(buffer)) {
			if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains("/agents/")) {
				left.set(place());
			}
			portal.getOutputStream().write(buffer, 0, read);
		}
		portal.shutdownOutput();
		return null;
	}

	private void answers(Socket portal, Socket client, AtomicInteger left) throws IOException {
		InputStream in = portal.getInputStream();
		OutputStream out = client.getOutputStream();
		byte[] buffer = new byte[16 * 1024];
		for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
			int rest = left.addAndGet(-read);
			if (rest <= 0 && this.cuts.getAndIncrement() < this.most) {
				out.write(buffer, 0, Math.max(0, read + rest));
				// A reset and not an end: what an answer without its last chunk is.
				client.setSoLinger(true, 0);
				return;
			}
			out.write(buffer, 0, read);
		}
	}

	private synchronized int place() {
		return (this.cuts.get() < this.most) ? 200 + this.random.nextInt(MOST_BYTES) : Integer.MAX_VALUE;
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

}
