package dev.pergola.bff.filter;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import dev.pergola.bff.TestBff;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** The two ways a call of the same person can go. */
enum Way {

	DIRECT, LONG;

	/** A connection with a call to the module {@code deals}. */
	Socket call(TestBff bff, String cookie, String path, @Nullable String accept) throws IOException {
		Socket socket = new Socket("localhost", bff.port());
		socket.setSoTimeout(10_000);
		socket.getOutputStream()
			.write("GET /api/deals%s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nX-Pergola: 1\r\n%s%s\r\n"
				.formatted(path, cookie, (accept != null) ? "Accept: " + accept + "\r\n" : "",
						// The direct path leaves these to the other.
						(this == LONG) ? "TE: trailers\r\n" : "")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** What comes first: a head, and the first piece of a body. */
	static String first(Socket socket) throws IOException {
		StringBuilder all = new StringBuilder();
		try {
			while (!all.toString().matches("(?s).*\r\n\r\n.*[}\n](\r\n)?")) {
				int next = socket.getInputStream().read();
				if (next < 0) {
					break;
				}
				all.append((char) next);
			}
			return all.toString();
		}
		catch (SocketTimeoutException ex) {
			return all + " and no more";
		}
	}

	/** The answer is cut, and does not end as if it were whole. */
	static void assertCut(Socket socket) throws IOException {
		assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
			.doesNotEndWith("0\r\n\r\n");
	}

}
