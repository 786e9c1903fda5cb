package dev.pergola.bff.direct;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.bff.RawUpstream;

/** A service that answers each path in a way of its own, right or wrong. */
final class OddUpstream implements AutoCloseable {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private static final String STOLEN = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen";

	private final AtomicLong written = new AtomicLong();

	private final CountDownLatch clientLeft = new CountDownLatch(1);

	private final CountDownLatch streamGoesOn = new CountDownLatch(1);

	private final RawUpstream upstream = new RawUpstream(this::answer);

	OddUpstream() throws IOException {
	}

	int port() {
		return this.upstream.port();
	}

	/** Heads of all requests, in the order they came. */
	List<String> heads() {
		return this.upstream.heads();
	}

	int connections() {
		return this.upstream.connections();
	}

	/** Bytes written to who asked for what never ends. */
	long written() {
		return this.written.get();
	}

	/** Done when that client has left. */
	CountDownLatch clientLeft() {
		return this.clientLeft;
	}

	/** Lets the events that come in time go on. */
	void goOn() {
		this.streamGoesOn.countDown();
	}

	@Override
	public void close() {
		this.upstream.close();
	}

	private boolean answer(String head, OutputStream out) throws IOException {
		String path = head.split(" ")[1].split("\\?")[0];
		boolean stays = switch (path) {
			case "/never" -> keep(out, "");
			case "/half" -> end(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
			case "/garbage" -> end(out, "I do not speak HTTP\r\n\r\n");
			case "/until-closed" -> end(out, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it");
			case "/same-and-more" -> keep(out, "HTTP/1.1 304 Not Modified\r\n\r\n" + STOLEN);
			case "/same-and-half" ->
				keep(out, "HTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 200 OK\r\nX-Own: stolen\r\nX-Half: ");
			case "/head-and-body" -> keep(out, "HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n" + STOLEN);
			case "/twice" -> keep(out, OK + STOLEN);
			case "/chunks" -> keep(out,
					"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\nX-Trailer: 1\r\n\r\n");
			case "/nothing" -> keep(out, "HTTP/1.1 204 No Content\r\n\r\n");
			case "/same" -> keep(out, "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
			case "/early" ->
				keep(out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK);
			case "/switch" -> end(out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
			case "/missing" -> keep(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
			case "/broken" -> keep(out, "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops");
			case "/redirect" ->
				keep(out, "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/other?a=b\r\nContent-Length: 0\r\n\r\n"
					.formatted(port()));
			case "/elsewhere" ->
				keep(out, "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n");
			case "/headers" ->
				keep(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: __Host-pergola=x; Path=/\r\n"
						+ "Server: secret/1\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: public, max-age=60\r\n"
						+ "X-Pergola-Admin: 1\r\nETag: \"e\"\r\nX-Own: kept\r\nReferrer-Policy: no-referrer\r\n\r\nok");
			case "/kept" -> keep(out,
					"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nCache-Control: max-age=600\r\n"
							+ "CDN-Cache-Control: max-age=600\r\nSurrogate-Control: max-age=600\r\n"
							+ "Cache-Control: no-cache, no-store\r\n\r\nok");
			case "/hop" -> keep(out,
					"HTTP/1.1 200 OK\r\nX-Hop: 1\r\nX-Own: kept\r\nConnection: keep-alive, x-hop, Content-Length\r\n"
							+ "Content-Length: 2\r\n\r\nok");
			case "/events" -> stream(out, new CountDownLatch(1));
			case "/events-in-time" -> stream(out, this.streamGoesOn);
			case "/endless" -> endless(out);
			default -> keep(out, path.startsWith("/large/") ? large(path.substring(1)) : OK);
		};
		// As the head of the method HEAD has no body, the connection cannot go on.
		return stays && !head.startsWith("HEAD");
	}

	private static boolean keep(OutputStream out, String bytes) throws IOException {
		out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		return true;
	}

	/** 20 KB that begin with their name; they come whole in one read. */
	private static String large(String name) {
		return "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + name + "x".repeat(20_000 - name.length());
	}

	private static boolean end(OutputStream out, String bytes) throws IOException {
		keep(out, bytes);
		return false;
	}

	private static boolean stream(OutputStream out, CountDownLatch goesOn) throws IOException {
		keep(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
		keep(out, "9\r\ndata: 1\n\n\r\n");
		out.flush();
		try {
			goesOn.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		keep(out, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
		return true;
	}

	private boolean endless(OutputStream out) throws IOException {
		out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		try {
			while (this.written.get() < 1L << 30) {
				out.write(chunk);
				this.written.addAndGet(chunk.length);
			}
		}
		catch (IOException gone) {
			this.clientLeft.countDown();
			throw gone;
		}
		return false;
	}

}
