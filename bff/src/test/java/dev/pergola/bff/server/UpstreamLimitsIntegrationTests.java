package dev.pergola.bff.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Answers of upstreams that are not in order, on both ways. */
class UpstreamLimitsIntegrationTests {

	private static RawUpstream upstream;

	private static TestBff direct;

	private static TestBff gateway;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream(UpstreamLimitsIntegrationTests::answer);
		direct = TestBff.start("pergola.bff.egress.max-answer=100KB");
		gateway = TestBff.start("pergola.bff.egress.max-answer=100KB", "pergola.bff.direct.enabled=false");
		for (TestBff bff : new TestBff[] { direct, gateway }) {
			bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
		}
	}

	@AfterAll
	static void stop() {
		direct.close();
		gateway.close();
		upstream.close();
	}

	private static boolean answer(String head, OutputStream out) throws IOException {
		String answer = switch (head.split(" ")[1]) {
			case "/large-headers" ->
				"HTTP/1.1 200 OK\r\nX-Large: %s\r\nContent-Length: 0\r\n\r\n".formatted("x".repeat(20_000));
			case "/large" -> "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n"
					+ (head.startsWith("HEAD") ? "" : "x".repeat(200_000));
			case "/growing" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30D40\r\n" + "x".repeat(200_000)
					+ "\r\n0\r\n\r\n";
			case "/two-lengths" -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk";
			case "/both" -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
			case "/line-feeds" -> "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
			case "/control" -> "HTTP/1.1 200 OK\r\nX-A: b\0c\r\nContent-Length: 2\r\n\r\nok";
			default -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
		};
		out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
		return true;
	}

	@ParameterizedTest
	@CsvSource({ "/large", "/large-headers", "/two-lengths", "/both", "/line-feeds", "/control" })
	@Tag("security-39")
	@Tag("security-42")
	@Tag("security-57")
	void anAnswerThatIsNotInOrderIsABadGateway(String path) {
		for (TestBff bff : new TestBff[] { direct, gateway }) {
			HttpResponse<String> response = get(bff, path);
			assertThat(response.statusCode()).isEqualTo(502);
			assertThat(response.body()).contains("/problems/upstream-failed", "traceId")
				.doesNotContain("localhost", "Exception", "netty");
			assertThat(get(bff, "/x").body()).isEqualTo("ok");
		}
	}

	private static HttpResponse<String> get(TestBff bff, String path) {
		return TestBff.send(bff.request("/api/deals" + path, null)
			.header("Cookie", bff.session("ada"))
			.header("X-Pergola", "1")
			.build());
	}

	@Test
	@Tag("security-42")
	void anAnswerThatGrowsTooLargeIsCutOff() {
		for (TestBff bff : new TestBff[] { direct, gateway }) {
			assertThatException().isThrownBy(() -> get(bff, "/growing")).withRootCauseInstanceOf(IOException.class);
			assertThat(get(bff, "/x").body()).isEqualTo("ok");
		}
	}

	@Test
	void theLengthOfWhatIsNotSentIsNoLimit() {
		for (TestBff bff : new TestBff[] { direct, gateway }) {
			HttpResponse<String> response = TestBff.send(bff.request("/api/deals/large", null)
				.method("HEAD", HttpRequest.BodyPublishers.noBody())
				.header("Cookie", bff.session("ada"))
				.header("X-Pergola", "1")
				.build());
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(200_000);
		}
	}

}
