package dev.pergola.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.pergola.registry.testing.OnH2;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies that do not end, or not in time. They are written to the wire by hand: a client
 * would be too well-mannered.
 */
@OnH2
@Tag("registry-3")
@TestPropertySource(properties = "pergola.registry.publish.timeout=1s")
class HostileUploadIntegrationTests extends RegistryContract {

	private static final long GIGABYTE = 1024L * 1024 * 1024;

	/**
	 * What the registry still reads after its answer, and what kernels hold at a time.
	 */
	private static final long IN_FLIGHT = 128L * 1024 * 1024;

	private static final byte[] CHUNK = chunk(64 * 1024);

	@Value("${pergola.registry.directory}")
	private Path directory;

	private long revision;

	@BeforeEach
	void remember() {
		this.revision = service().revision();
	}

	@AfterEach
	void nothingIsStored() throws IOException {
		assertThat(service().revision()).isEqualTo(this.revision);
		try (Stream<Path> files = Files.walk(this.directory)) {
			assertThat(files.filter((file) -> file.toString().contains("upload-"))).isEmpty();
		}
	}

	@Test
	void refusesABodyThatSaysItIsTooLargeBeforeItComes() throws IOException {
		Answer answer = send("application/gzip", "Content-Length: " + GIGABYTE, token(), GIGABYTE);
		assertThat(answer.head).startsWith("http/1.1 413");
		assertThat(answer.sentBytes).isLessThan(IN_FLIGHT);
	}

	@Test
	void stopsReadingABodyThatDoesNotEnd() throws IOException {
		for (String type : List.of("application/gzip", "application/zip", "application/json")) {
			Answer answer = send(type, "Transfer-Encoding: chunked", token(), GIGABYTE);
			assertThat(answer.head).as(type).startsWith("http/1.1 413");
			assertThat(answer.sentBytes).as(type).isLessThan(IN_FLIGHT);
		}
	}

	@Test
	void stopsReadingAFormThatDoesNotEnd() throws IOException {
		Answer answer = send("multipart/form-data; boundary=x", "Transfer-Encoding: chunked", token(), GIGABYTE);
		assertThat(answer.head).startsWith("http/1.1 413");
		assertThat(answer.sentBytes).isLessThan(IN_FLIGHT);
	}

	@Test
	void doesNotReadTheBodyOfAStranger() throws IOException {
		Answer answer = send("application/gzip", "Transfer-Encoding: chunked", "nobody", GIGABYTE);
		assertThat(answer.head).startsWith("http/1.1 401");
		assertThat(answer.sentBytes).isLessThan(IN_FLIGHT);
	}

	@Test
	void givesUpOnABodyThatStops() throws IOException {
		for (String type : List.of("application/gzip", "multipart/form-data; boundary=x")) {
			Answer answer = send(type, "Transfer-Encoding: chunked", token(), CHUNK.length);
			assertThat(answer.head).as(type).startsWith("http/1.1 408");
		}
	}

	private static String token() {
		return RegistryClient.ISSUER.token("ada", List.of("admin"), List.of());
	}

	/** Sends so much of a body, unless the other side closes, and reads the answer. */
	private Answer send(String type, String length, String token, long bytes) throws IOException {
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout(20_000);
			OutputStream wire = socket.getOutputStream();
			wire.write("""
					PUT /registry/v1/modules/%s/versions/1.0.0 HTTP/1.1\r
					Host: localhost\r
					Authorization: Bearer %s\r
					Content-Type: %s\r
					%s\r
					\r
					""".formatted(name("hostile"), token, type, length).getBytes(StandardCharsets.US_ASCII));
			Reading reading = new Reading(socket);
			Thread reader = Thread.ofVirtual().start(reading);
			long sent = 0;
			try {
				while (sent < bytes) {
					wire.write(CHUNK);
					sent += CHUNK.length;
				}
			}
			catch (SocketException ex) {
				// The other side has closed, which is what is wanted.
			}
			reader.join();
			return new Answer(reading.head, sent);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One chunk of the transfer encoding, which without it is as good as any body. */
	private static byte[] chunk(int bytes) {
		byte[] start = "%x\r\n".formatted(bytes).getBytes(StandardCharsets.US_ASCII);
		byte[] chunk = new byte[start.length + bytes + 2];
		System.arraycopy(start, 0, chunk, 0, start.length);
		chunk[chunk.length - 2] = '\r';
		chunk[chunk.length - 1] = '\n';
		return chunk;
	}

	private record Answer(String head, long sentBytes) {

	}

	/** Takes the answer while the body is still on its way. */
	private static final class Reading implements Runnable {

		private final Socket socket;

		private volatile String head = "";

		private Reading(Socket socket) {
			this.socket = socket;
		}

		@Override
		public void run() {
			try {
				var reader = new BufferedReader(
						new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
				this.head = String.valueOf(reader.readLine()).toLowerCase(Locale.ROOT);
			}
			catch (IOException ex) {
				this.head = ex.toString();
			}
		}

	}

}
