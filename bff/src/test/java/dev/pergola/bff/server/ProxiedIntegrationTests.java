package dev.pergola.bff.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What upstreams hear of where a request came from, on both ways. */
@Tag("security-35")
class ProxiedIntegrationTests {

	private static RawUpstream upstream;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream(ProxiedIntegrationTests::answer);
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	private static boolean answer(String head, OutputStream out) throws IOException {
		out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
		return true;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aTrustedProxySaysWhereTheRequestCameFrom(boolean direct) {
		assertThat(forwarded(direct, "pergola.bff.server.trusted-proxies=127.0.0.0/8,::1")).containsExactly(
				"x-forwarded-for: 203.0.113.9", "x-forwarded-host: portal.example", "x-forwarded-port: 443",
				"x-forwarded-prefix: /api/deals", "x-forwarded-proto: https");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anybodyElseDoesNotAndYetTheUpstreamHearsWhatIsTrue(boolean direct) {
		for (String setting : List.of("pergola.bff.server.trusted-proxies=192.0.2.0/24",
				// As Spring Boot sets it on Kubernetes.
				"server.forward-headers-strategy=native")) {
			List<String> forwarded = forwarded(direct, setting);
			assertThat(forwarded).contains("x-forwarded-for: 127.0.0.1", "x-forwarded-prefix: /api/deals",
					"x-forwarded-proto: http");
			assertThat(forwarded.get(1)).startsWith("x-forwarded-host: localhost:");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aPortThatIsNoneHarmsNoCall(boolean direct) {
		try (TestBff bff = TestBff.start("pergola.bff.direct.enabled=" + direct,
				"pergola.bff.server.trusted-proxies=127.0.0.0/8,::1")) {
			bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
			assertThat(call(bff, "X-Forwarded-For", "10.0.0.7:4294967295").statusCode()).isEqualTo(200);
			assertThat(bff.context().getBean(MeterRegistry.class).get("pergola.bff.upstream.active").gauge().value())
				.isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "server.forward-headers-strategy=framework, server.forward-headers-strategy: framework",
			"pergola.bff.server.trusted-proxies=proxy, trusted proxy: proxy" })
	void aSettingThatBelievesEverybodyStopsTheStart(String setting, String message) {
		assertThatException().isThrownBy(() -> TestBff.start(setting))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(message));
	}

	private static List<String> forwarded(boolean direct, String setting) {
		try (TestBff bff = TestBff.start("pergola.bff.direct.enabled=" + direct, setting)) {
			bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
			assertThat(call(bff, "X-Forwarded-For", "6.6.6.6, 203.0.113.9", "X-Forwarded-Proto", "https",
					"X-Forwarded-Host", "portal.example", "X-Forwarded-Prefix", "/evil", "Forwarded",
					"for=6.6.6.6;host=evil.example")
				.statusCode()).isEqualTo(200);
		}
		List<String> lines = new ArrayList<>();
		upstream.heads()
			.getLast()
			.lines()
			.map(String::toLowerCase)
			.filter((line) -> line.contains("forwarded"))
			.forEach((line) -> lines.add(line.replaceFirst(": *", ": ")));
		lines.sort(null);
		return lines;
	}

	private static HttpResponse<String> call(TestBff bff, String... headers) {
		return TestBff.send(bff.request("/api/deals/x", null)
			.header("Cookie", bff.session("ada"))
			.header("X-Pergola", "1")
			.headers(headers)
			.build());
	}

}
