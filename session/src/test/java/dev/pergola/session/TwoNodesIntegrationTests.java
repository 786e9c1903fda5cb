package dev.pergola.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.pergola.session.store.SessionName;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Two nodes that share a Redis are one portal. */
class TwoNodesIntegrationTests {

	private static final String COOKIE = "__Host-pergola";

	private static final String OTHER_KEY = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg=";

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static TestRedis redis;

	private static TestProvider provider;

	private static ConfigurableApplicationContext one;

	private static ConfigurableApplicationContext two;

	private static String first;

	private static String second;

	private final TestBrowser browser = new TestBrowser(first);

	@BeforeAll
	static void start() throws IOException {
		redis = new TestRedis();
		int onePort = SessionIntegrationTests.freePort();
		first = "http://localhost:" + onePort;
		provider = new TestProvider(SessionIntegrationTests.freePort(), first);
		one = node(onePort, redis.settings());
		int twoPort = SessionIntegrationTests.freePort();
		second = "http://localhost:" + twoPort;
		two = node(twoPort, redis.settings());
	}

	private static ConfigurableApplicationContext node(int port, List<String> settings) {
		return SessionIntegrationTests.startPortal(port, first, provider.issuer(),
				Stream.concat(settings.stream(), Stream.of("--pergola.session.refresh.max-wait=4s")).toList());
	}

	@AfterAll
	static void stop() throws IOException {
		one.close();
		two.close();
		provider.close();
		redis.close();
	}

	@BeforeEach
	void reset() {
		TestProvider.refreshStatus.set(0);
		TestProvider.refreshes.set(0);
		TestProvider.revocations.set(0);
	}

	@Test
	@Tag("security-3")
	@Tag("security-4")
	void nodesRefreshOnceTogether() {
		this.browser.signIn("ann", "/");
		TestBrowser other = same(second);
		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 20)
			.mapToObj((i) -> ((i % 2 == 0) ? this.browser : other).getAsync("/api/token", "X-Pergola", "1"))
			.toList();
		List<String> answers = calls.stream().map(CompletableFuture::join).map(HttpResponse::body).distinct().toList();
		assertThat(answers).singleElement().asString().matches("[0-9a-f]{64}");
		assertThat(TestProvider.refreshes).hasValue(1);
	}

	@Test
	@Tag("security-5")
	void aHolderThatDiedHoldsNobodyUp() {
		this.browser.signIn("ann", "/");
		redis.commands().set(lockKey(), "dead", SetArgs.Builder.nx().px(2000));
		long before = System.nanoTime();
		assertThat(token(this.browser).statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
	}

	@Test
	@Tag("security-5")
	void aWaitForAnotherNodeIsBounded() {
		this.browser.signIn("ann", "/");
		redis.commands().set(lockKey(), "slow", SetArgs.Builder.nx().px(60_000));
		HttpResponse<String> answer = token(this.browser);
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
	}

	@Test
	@Tag("security-6")
	void aGrantWithdrawnOnOneNodeEndsTheSessionOnBoth() {
		this.browser.signIn("ann", "/");
		TestBrowser other = same(second);
		assertThat(other.get("/session").statusCode()).isEqualTo(200);
		assertThat(this.browser.get("/api/revoke-then-token", "X-Pergola", "1").statusCode()).isEqualTo(401);
		assertThat(this.browser.cookie(COOKIE)).isNull();
		assertThat(other.get("/session").statusCode()).isEqualTo(401);
	}

	@Test
	@Tag("security-8")
	void aRefreshOnOneNodeIsSeenOnTheOther() {
		this.browser.signIn("ann", "/");
		TestBrowser other = same(second);
		String refreshed = token(this.browser).body();
		assertThat(token(other).body()).isEqualTo(refreshed);
		assertThat(TestProvider.refreshes).hasValue(1);
	}

	@Test
	@Tag("security-1")
	void aSignInBegunOnOneNodeEndsOnTheOther() {
		String callback = this.browser.callback("ann", this.browser.get("/oauth2/authorization/pergola?returnUrl=/a"));
		TestBrowser other = new TestBrowser(second);
		assertThat(other.get(callback).statusCode()).isEqualTo(400);
		other.putCookie(COOKIE + "-login", this.browser.cookie(COOKIE + "-login"));
		HttpResponse<String> end = other.get(callback);
		assertThat(end.statusCode()).isEqualTo(200);
		assertThat(end.body()).contains("url=/a");
		assertThat(this.browser.get(callback).statusCode()).isEqualTo(400);
	}

	@Test
	@Tag("security-10")
	void whoSignsOutOnOneNodeIsSignedOutOnTheOther() {
		this.browser.signIn("ann", "/");
		TestBrowser other = same(second);
		assertThat(other.get("/session").statusCode()).isEqualTo(200);
		CompletableFuture<HttpResponse<String>> stream = other.getAsync("/api/stream", "X-Pergola", "1");
		SessionIntegrationTests.await(() -> streams() == 1);
		this.browser.post("/logout", "", "Sec-Fetch-Site", "same-origin");
		assertThat(other.get("/session").statusCode()).isEqualTo(401);
		assertThat(stream.orTimeout(1, TimeUnit.SECONDS).join().body()).contains("begun");
	}

	@Test
	@Tag("security-11")
	@Tag("security-12")
	void theProviderIsHeardOnEveryNode() {
		this.browser.signIn("ann", "/");
		TestBrowser other = same(second);
		TestBrowser bob = new TestBrowser(first);
		bob.signIn("bob", "/");
		assertThat(other.get("/session").statusCode()).isEqualTo(200);
		String token = provider.sign(SessionIntegrationTests.logoutToken(provider, Map.of("sub", "ann")), "logout+jwt");
		assertThat(backChannel(second, token)).isEqualTo(200);
		long before = System.nanoTime();
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(401);
		assertThat(other.get("/session").statusCode()).isEqualTo(401);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SECOND);
		assertThat(bob.get("/session").statusCode()).isEqualTo(200);
		assertThat(TestProvider.revocations.get()).isPositive();
		assertThat(backChannel(first, token)).isEqualTo(400);
	}

	@Test
	@Tag("security-15")
	void aSlowRequestDoesNotBringASessionBack() throws InterruptedException {
		this.browser.signIn("ann", "/");
		SessionIntegrationTests.Portal portal = two.getBean(SessionIntegrationTests.Portal.class);
		CompletableFuture<HttpResponse<String>> slow = same(second).getAsync("/api/slow", "X-Pergola", "1");
		assertThat(portal.slowHasCome.await(10, TimeUnit.SECONDS)).isTrue();
		TestBrowser late = same(first);
		this.browser.post("/logout", "", "Sec-Fetch-Site", "same-origin");
		portal.slowGoesOn.tryEmitEmpty();
		assertThat(slow.join().body()).isEqualTo("slow");
		assertThat(redis.commands().exists(key("s", late.cookie(COOKIE)))).isZero();
		assertThat(late.get("/session").statusCode()).isEqualTo(401);
	}

	@Test
	@Tag("security-2")
	@Tag("security-58")
	void whoReadsRedisLearnsNothing() {
		this.browser.signIn("ann", "/");
		token(this.browser);
		this.browser.get("/oauth2/authorization/pergola");
		String accessToken = one.getBean(SessionIntegrationTests.Portal.class).seen;
		StringBuilder all = new StringBuilder();
		ScanIterator.scan(redis.commands()).forEachRemaining((key) -> all.append(key).append('\n').append(read(key)));
		assertThat(all).contains("pergola:session:s:", "pergola:session:p:", "pergola:session:i:");
		assertThat(all.toString()).doesNotContain(accessToken)
			.doesNotContainPattern("eyJ[\\w-]{10,}\\.")
			.doesNotContain("deals:read")
			.doesNotContain(provider.issuer())
			.doesNotContain(this.browser.cookie(COOKIE))
			.doesNotContain(this.browser.cookie(COOKIE + "-login"));
	}

	@Test
	@Tag("security-58")
	void keysRotateWithoutSigningAnybodyOut() throws IOException {
		this.browser.signIn("ann", "/");
		int port = SessionIntegrationTests.freePort();
		List<String> settings = redis.settings()
			.stream()
			.map((setting) -> setting.replace("keys=", "keys=" + OTHER_KEY + ","))
			.toList();
		try (ConfigurableApplicationContext rotated = node(port, settings)) {
			TestBrowser other = same("http://localhost:" + port);
			assertThat(other.get("/session").statusCode()).isEqualTo(200);
			// Written with the new key now, which the old node does not know.
			assertThat(token(other).statusCode()).isEqualTo(200);
			assertThat(other.get("/session").body()).contains("\"subject\":\"ann\"", "\"deals:read\"");
			assertThat(rotated.isActive()).isTrue();
		}
	}

	@Test
	@Tag("security-9")
	void aPersonsOtherBrowserHasASessionOfItsOwn() {
		this.browser.signIn("ann", "/");
		TestBrowser phone = new TestBrowser(second);
		HttpResponse<String> start = phone.get("/oauth2/authorization/pergola");
		String callback = phone.callback("ann", start, first);
		assertThat(phone.get(callback).statusCode()).isEqualTo(200);
		assertThat(token(phone).body()).isNotEqualTo(token(this.browser).body());
		phone.post("/logout", "", "Sec-Fetch-Site", "same-origin");
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(200);
	}

	private TestBrowser same(String node) {
		TestBrowser other = new TestBrowser(node);
		other.putCookie(COOKIE, this.browser.cookie(COOKIE));
		return other;
	}

	private static HttpResponse<String> token(TestBrowser browser) {
		return browser.get("/api/token", "X-Pergola", "1");
	}

	private static int backChannel(String node, String token) {
		return new TestBrowser(node).post("/logout/connect/back-channel/pergola", "logout_token=" + token).statusCode();
	}

	private static int streams() {
		return two.getBean(SessionIntegrationTests.Portal.class).streams.get();
	}

	private String lockKey() {
		return key("l", this.browser.cookie(COOKIE));
	}

	private static String key(String kind, String id) {
		return "pergola:session:" + kind + ":" + SessionName.of(id);
	}

	private static String read(String key) {
		return switch (redis.commands().type(key)) {
			case "hash" -> redis.commands().hgetall(key).toString();
			case "zset" -> redis.commands().zrange(key, 0, -1).toString();
			default -> String.valueOf(redis.commands().get(key));
		};
	}

}
