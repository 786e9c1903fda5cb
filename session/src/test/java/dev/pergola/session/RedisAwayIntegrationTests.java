package dev.pergola.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** While Redis is away nobody is signed in, signed out or let in. */
@Tag("security-56")
class RedisAwayIntegrationTests {

	private static final String COOKIE = "__Host-pergola";

	private static TestRedis redis;

	private static TestProvider provider;

	private static ConfigurableApplicationContext portal;

	private static String url;

	private final TestBrowser browser = new TestBrowser(url);

	@BeforeAll
	static void start() throws IOException {
		redis = new TestRedis();
		int port = SessionIntegrationTests.freePort();
		url = "http://localhost:" + port;
		provider = new TestProvider(SessionIntegrationTests.freePort(), url);
		// Without Redis: the portal must start all the same.
		redis.stop();
		portal = SessionIntegrationTests.startPortal(port, url, provider.issuer(), redis.settings());
		HttpResponse<String> early = new TestBrowser(url).get("/oauth2/authorization/pergola", "Accept", "text/html");
		assertThat(early.statusCode()).isEqualTo(503);
		redis.start();
		SessionIntegrationTests
			.await(() -> new TestBrowser(url).get("/oauth2/authorization/pergola").statusCode() == 302);
	}

	@AfterAll
	static void stop() throws IOException {
		portal.close();
		provider.close();
		redis.close();
	}

	@Test
	void authenticatedCallsGet503AtOnceWhileItIsDown() throws IOException {
		this.browser.signIn("ann", "/");
		redis.stop();
		try {
			SessionIntegrationTests.await(() -> session().statusCode() == 503);
			HttpResponse<String> answer = within(Duration.ofSeconds(1));
			assertThat(answer.body()).contains("/problems/sessions-unavailable", "\"traceId\":\"");
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
			assertThat(this.browser.get("/api/token", "X-Pergola", "1").statusCode()).isEqualTo(503);
			assertThat(this.browser.get("/deals", "Sec-Fetch-Mode", "navigate").statusCode()).isEqualTo(503);
			assertThat(this.browser.post("/logout", "", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(503);
			assertThat(this.browser.cookie(COOKIE)).isNotNull();
			othersGoOn();
		}
		finally {
			redis.start();
		}
		// It was empty when it came back.
		SessionIntegrationTests.await(() -> session().statusCode() == 401);
		this.browser.signIn("ann", "/");
		assertThat(session().statusCode()).isEqualTo(200);
	}

	@Test
	void authenticatedCallsGet503SoonWhileItHangsAndGoOnAfterwards() throws IOException {
		this.browser.signIn("ann", "/");
		redis.freeze();
		try {
			SessionIntegrationTests.await(() -> session().statusCode() == 503);
			for (int i = 0; i < 10; i++) {
				assertThat(within(Duration.ofSeconds(2)).statusCode()).isEqualTo(503);
			}
			othersGoOn();
		}
		finally {
			redis.thaw();
		}
		SessionIntegrationTests.await(() -> session().statusCode() == 200);
	}

	@Test
	@Tag("security-12")
	void theProviderMayTryAgainWithTheSameToken() throws IOException {
		this.browser.signIn("ann", "/");
		String token = provider.sign(SessionIntegrationTests.logoutToken(provider, Map.of("sub", "ann")), "logout+jwt");
		redis.freeze();
		try {
			assertThat(backChannel(token)).isEqualTo(503);
		}
		finally {
			redis.thaw();
		}
		SessionIntegrationTests.await(() -> session().statusCode() == 200);
		assertThat(backChannel(token)).isEqualTo(200);
		assertThat(session().statusCode()).isEqualTo(401);
	}

	private static int backChannel(String token) {
		return new TestBrowser(url).post("/logout/connect/back-channel/pergola", "logout_token=" + token).statusCode();
	}

	private void othersGoOn() {
		assertThat(this.browser.get("/assets/public").body()).isEqualTo("open to all");
		String bearer = provider.sign(Map.of("iss", provider.issuer(), "sub", "robot", "aud", List.of("services"),
				"exp", Instant.now().plusSeconds(60)), "JWT");
		assertThat(new TestBrowser(url).get("/session", "Authorization", "Bearer " + bearer).statusCode())
			.isEqualTo(200);
	}

	private HttpResponse<String> session() {
		return this.browser.get("/session");
	}

	private HttpResponse<String> within(Duration time) {
		long before = System.nanoTime();
		HttpResponse<String> answer = session();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(time);
		return answer;
	}

}
