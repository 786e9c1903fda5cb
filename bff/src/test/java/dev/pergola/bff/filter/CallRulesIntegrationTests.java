package dev.pergola.bff.filter;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What administrators let calls of one module be, on both ways. */
class CallRulesIntegrationTests {

	private static final BodyPublisher NONE = BodyPublishers.noBody();

	private static final WireMockServer upstream = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static TestBff bff;

	private static String cookie;

	@BeforeAll
	static void start() {
		upstream.start();
		bff = TestBff.start("pergola.bff.routing.modules.forms.methods=POST",
				"pergola.bff.routing.modules.forms.max-body=1KB", "pergola.bff.routing.modules.reports.methods=GET",
				"pergola.bff.routing.modules.reports.max-answer=1KB");
		String url = "http://localhost:" + upstream.port();
		bff.publish(TestCatalog.module("forms", url), TestCatalog.module("reports", url),
				TestCatalog.module("deals", url));
		cookie = bff.session("ada");
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.stop();
	}

	@BeforeEach
	void answers() {
		upstream.resetAll();
		upstream.stubFor(any(anyUrl()).willReturn(ok("ok")));
		upstream.stubFor(get("/large").willReturn(ok("x".repeat(2000)).withHeader("Content-Length", "2000")));
	}

	private static HttpResponse<String> call(String method, String path, BodyPublisher body) {
		return TestBff.send(bff.request(path, null)
			.method(method, body)
			.header("Cookie", cookie)
			.header("X-Pergola", "1")
			.header("Sec-Fetch-Site", "same-origin")
			.build());
	}

	/** As a program calls, which never goes directly. */
	private static HttpResponse<String> program(String method, String path) {
		return TestBff.send(bff.request(path, TestBff.token("ada")).method(method, NONE).build());
	}

	private static double wentDirectly() {
		return bff.context().getBean(MeterRegistry.class).get("pergola.bff.direct").functionCounter().count();
	}

	@Test
	@Tag("security-30")
	void aModuleIsCalledWithTheMethodsItsAdministratorsNamed() {
		double before = wentDirectly();
		for (HttpResponse<String> refused : List.of(call("GET", "/api/forms/1", NONE), program("GET", "/api/forms/1"),
				call("DELETE", "/api/forms/1", NONE))) {
			assertThat(refused.statusCode()).isEqualTo(405);
			assertThat(refused.headers().firstValue("Allow")).contains("POST");
			assertThat(refused.body()).contains("/problems/method-not-allowed", "traceId");
		}
		assertThat(call("HEAD", "/api/reports/1", NONE).statusCode()).isEqualTo(405);
		assertThat(program("POST", "/api/reports/1").headers().firstValue("Allow")).contains("GET");
		assertThat(wentDirectly()).isEqualTo(before);
		upstream.verify(0, anyRequestedFor(anyUrl()));
		assertThat(call("POST", "/api/forms/1", NONE).statusCode()).isEqualTo(200);
		assertThat(call("GET", "/api/reports/1", NONE).statusCode()).isEqualTo(200);
		assertThat(wentDirectly()).isEqualTo(before + 1);
	}

	@Test
	@Tag("security-30")
	void anyOtherModuleIsCalledWithAll() {
		for (String method : CallRules.METHODS) {
			assertThat(call(method, "/api/deals/1", NONE).statusCode()).isEqualTo(200);
		}
	}

	@Test
	@Tag("security-42")
	void aBodyThatIsTooLargeForTheModuleIsRefusedWithoutACall() {
		HttpResponse<String> refused = call("POST", "/api/forms/1", BodyPublishers.ofString("x".repeat(1025)));
		assertThat(refused.statusCode()).isEqualTo(413);
		assertThat(refused.body()).contains("/problems/body-too-large", "traceId");
		upstream.verify(0, anyRequestedFor(anyUrl()));
		assertThat(call("POST", "/api/forms/1", BodyPublishers.ofString("x".repeat(1024))).statusCode()).isEqualTo(200);
		assertThat(call("POST", "/api/deals/1", BodyPublishers.ofString("x".repeat(1025))).statusCode()).isEqualTo(200);
	}

	@Test
	@Tag("security-42")
	void aBodyThatBecomesTooLargeIsCutAndNotTheServicesFault() {
		BodyPublisher growing = BodyPublishers.concat(BodyPublishers.ofString("x".repeat(800)),
				BodyPublishers.ofString("x".repeat(800)));
		HttpResponse<String> refused = call("POST", "/api/forms/1", BodyPublishers.fromPublisher(growing));
		assertThat(refused.statusCode()).isEqualTo(413);
		assertThat(refused.body()).contains("/problems/body-too-large");
		assertThat(bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.upstream.failures")
			.tag("module", "forms")
			.functionCounters()).extracting(FunctionCounter::count).containsOnly(0.0);
		assertThat(call("POST", "/api/forms/1", BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(800))))
			.statusCode()).isEqualTo(200);
	}

	@Test
	@Tag("security-42")
	void anAnswerThatIsTooLargeForTheModuleIsABadGatewayOnBothWays() {
		double before = wentDirectly();
		assertThat(call("GET", "/api/reports/large", NONE).statusCode()).isEqualTo(502);
		assertThat(wentDirectly()).isEqualTo(before + 1);
		assertThat(program("GET", "/api/reports/large").statusCode()).isEqualTo(502);
		assertThat(call("GET", "/api/deals/large", NONE).statusCode()).isEqualTo(200);
		assertThat(program("GET", "/api/deals/large").statusCode()).isEqualTo(200);
	}

	@Test
	void refusesMethodsNoServiceIsCalledWith() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CallRules(Set.of("TRACE"), null, null))
			.withMessageStartingWith("methods: [TRACE] (expected: some of ");
	}

}
