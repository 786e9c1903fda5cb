package dev.pergola.session;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SignedIn;
import dev.pergola.session.token.TokenEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionIntegrationTests {

	private static final String COOKIE = "__Host-pergola";

	private static TestProvider provider;

	private static ConfigurableApplicationContext portal;

	private static String url;

	private TestBrowser browser;

	/** Settings of this kind of store. */
	List<String> settings() throws IOException {
		return List.of();
	}

	@BeforeAll
	void start() throws IOException {
		int portalPort = freePort();
		url = "http://localhost:" + portalPort;
		int providerPort = freePort();
		String issuer = "http://localhost:" + providerPort;
		// The portal first: it must start while the provider is away.
		portal = startPortal(portalPort, url, issuer, settings());
		HttpResponse<String> early = new TestBrowser(url).get("/oauth2/authorization/pergola", "Accept", "text/html");
		assertThat(early.statusCode()).isEqualTo(503);
		provider = new TestProvider(providerPort, url);
	}

	static ConfigurableApplicationContext startPortal(int port, String publicOrigin, String issuer, List<String> more) {
		List<String> settings = new ArrayList<>(List.of("--spring.config.name=none", "--server.port=" + port,
				"--spring.main.banner-mode=off", "--pergola.session.public-origin=" + publicOrigin,
				"--spring.security.oauth2.client.registration.pergola.client-id=pergola",
				"--spring.security.oauth2.client.registration.pergola.client-secret=secret",
				"--spring.security.oauth2.client.registration.pergola.scope=openid",
				"--spring.security.oauth2.client.provider.pergola.issuer-uri=" + issuer,
				"--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer,
				"--spring.security.oauth2.resourceserver.jwt.audiences=services"));
		settings.addAll(more);
		return new SpringApplicationBuilder(Portal.class).web(WebApplicationType.REACTIVE)
			.run(settings.toArray(String[]::new));
	}

	@AfterAll
	void stop() {
		portal.close();
		provider.close();
	}

	@BeforeEach
	void reset() {
		this.browser = new TestBrowser(url);
		TestProvider.refreshStatus.set(0);
		TestProvider.refreshes.set(0);
		TestProvider.revocations.set(0);
	}

	@Test
	void signsInAndGoesOnToTheReturnUrl() {
		HttpResponse<String> end = this.browser.signIn("ann", "/deals?page=2");
		assertThat(end.statusCode()).isEqualTo(200);
		assertThat(end.body()).contains("url=/deals?page=2");
		HttpResponse<String> session = this.browser.get("/session");
		assertThat(session.body()).contains("\"subject\":\"ann\"", "\"roles\":[\"business\"]",
				"\"permissions\":[\"deals:read\"]", "\"expiresAt\":");
		assertThat(session.headers().firstValue("Cache-Control")).hasValue("no-store");
	}

	@Test
	void theSessionCookieIsKeptFromScriptsAndOtherSites() {
		HttpResponse<String> end = this.browser.signIn("ann", "/");
		assertThat(end.headers().allValues("Set-Cookie")).filteredOn((cookie) -> cookie.startsWith(COOKIE + "="))
			.singleElement()
			.asString()
			.contains("; Path=/", "; Secure", "; HTTPOnly", "; SameSite=Strict")
			.doesNotContain("Domain");
		assertThat(end.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(end.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
	}

	@Test
	void signInChangesTheSessionIdAndLeavesNothingOfTheOldOne() {
		this.browser.signIn("ann", "/");
		String before = this.browser.cookie(COOKIE);
		this.browser.signIn("bob", "/");
		assertThat(this.browser.cookie(COOKIE)).isNotEqualTo(before);
		TestBrowser old = new TestBrowser(url);
		old.putCookie(COOKIE, before);
		assertThat(old.get("/session").statusCode()).isEqualTo(401);
	}

	@Test
	void aSessionIdFromOutsideIsNotTaken() {
		this.browser.putCookie(COOKIE, "chosen-by-somebody-else");
		this.browser.signIn("ann", "/");
		assertThat(this.browser.cookie(COOKIE)).isNotEqualTo("chosen-by-somebody-else");
	}

	@Test
	void aStateIsGoodForOneBrowserAndOneUse() {
		HttpResponse<String> start = this.browser.get("/oauth2/authorization/pergola");
		String callback = this.browser.callback("ann", start);
		TestBrowser other = new TestBrowser(url);
		assertThat(other.get(callback).statusCode()).isEqualTo(400);
		assertThat(other.cookie(COOKIE)).isNull();
		assertThat(this.browser.get(callback).statusCode()).isEqualTo(200);
		other.putCookie("__Host-pergola-login", this.browser.cookie("__Host-pergola-login"));
		assertThat(other.get(callback).statusCode()).isEqualTo(400);
	}

	@Test
	void programsGet401AndPagesTheSignIn() {
		HttpResponse<String> program = this.browser.get("/api/token", "Accept", "application/json");
		assertThat(program.statusCode()).isEqualTo(401);
		assertThat(program.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(program.body()).contains("/problems/sign-in-required", "\"traceId\":\"");
		HttpResponse<String> page = this.browser.get("/deals?page=2", "Sec-Fetch-Mode", "navigate");
		assertThat(page.statusCode()).isEqualTo(303);
		assertThat(TestBrowser.location(page)).isEqualTo("/oauth2/authorization/pergola?returnUrl=%2Fdeals%3Fpage%3D2");
		assertThat(this.browser.get("/deals", "Sec-Fetch-Mode", "cors").statusCode()).isEqualTo(401);
	}

	@Test
	void aLinkOnAnotherSiteComesBackAsThePortalsOwnNavigation() {
		HttpResponse<String> page = this.browser.get("/deals", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Site",
				"cross-site");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("url=/deals");
	}

	@Test
	void foreignReturnUrlsAndPromptsAreRefused() {
		assertThat(this.browser.get("/oauth2/authorization/pergola?returnUrl=https://evil.example").statusCode())
			.isEqualTo(400);
		assertThat(this.browser.get("/oauth2/authorization/pergola?prompt=none").body()).contains("/problems/prompt");
	}

	@Test
	void callsWithoutTheHeaderAreRefusedBeforeAnythingElse() {
		this.browser.signIn("ann", "/");
		HttpResponse<String> refused = this.browser.get("/api/token");
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("/problems/anti-forgery", "\"traceId\":\"");
		assertThat(TestProvider.refreshes).hasValue(0);
	}

	@Test
	void parallelCallsRefreshOnce() {
		this.browser.signIn("ann", "/");
		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 20)
			.mapToObj((i) -> this.browser.getAsync("/api/token", "X-Pergola", "1"))
			.toList();
		List<String> answers = calls.stream().map(CompletableFuture::join).map(HttpResponse::body).distinct().toList();
		assertThat(answers).singleElement().asString().matches("[0-9a-f]{64}");
		assertThat(TestProvider.refreshes).hasValue(1);
	}

	@Test
	@Tag("bff-24")
	void aTokenOfAgeIsRenewedWhileCallsGoOutWithIt() {
		this.browser.signIn("ann", "/");
		this.browser.get("/api/token", "X-Pergola", "1");
		SessionStore store = portal.getBean(SessionStore.class);
		WebSession session = store.latest(this.browser.cookie(COOKIE)).block();
		SignedIn young = SignedIn.find(session).orElseThrow();
		Instant now = Instant.now();
		OAuth2AccessToken old = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER,
				young.client().getAccessToken().getTokenValue(), now.minusSeconds(3000), now.plusSeconds(600));
		young
			.refreshed(new OAuth2AuthorizedClient(young.client().getClientRegistration(), "ann", old,
					young.client().getRefreshToken()), null)
			.keepIn(session);
		session.save().block();
		assertThat(this.browser.get("/api/token", "X-Pergola", "1").body()).isEqualTo(sha256(old.getTokenValue()));
		await(() -> !this.browser.get("/api/token", "X-Pergola", "1").body().equals(sha256(old.getTokenValue())));
		assertThat(TestProvider.refreshes).hasValue(2);
	}

	@Test
	void aRefreshKeepsTheSessionId() {
		this.browser.signIn("ann", "/");
		String before = this.browser.cookie(COOKIE);
		assertThat(this.browser.get("/api/token", "X-Pergola", "1").statusCode()).isEqualTo(200);
		assertThat(TestProvider.refreshes).hasValue(1);
		assertThat(this.browser.cookie(COOKIE)).isEqualTo(before);
	}

	@Test
	void aWithdrawnGrantEndsTheSession() {
		this.browser.signIn("ann", "/");
		HttpResponse<String> call = this.browser.get("/api/revoke-then-token", "X-Pergola", "1");
		assertThat(call.statusCode()).isEqualTo(401);
		assertThat(call.body()).contains("/problems/sign-in-required");
		assertThat(this.browser.cookie(COOKIE)).isNull();
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(401);
	}

	@Test
	void aFailingProviderLeavesTheSessionAlone() {
		this.browser.signIn("ann", "/");
		TestProvider.refreshStatus.set(500);
		HttpResponse<String> call = this.browser.get("/api/token", "X-Pergola", "1");
		assertThat(call.statusCode()).isEqualTo(503);
		assertThat(call.body()).contains("/problems/sign-in-unavailable");
		TestProvider.refreshStatus.set(0);
		assertThat(this.browser.get("/api/token", "X-Pergola", "1").statusCode()).isEqualTo(200);
	}

	@Test
	void aLookAtASessionRenewsItsToken() {
		this.browser.signIn("ann", "/");
		assertThat(check(this.browser.cookie(COOKIE)).block()).isTrue();
		assertThat(TestProvider.refreshes).hasValue(1);
	}

	@Test
	void aLookTellsOfASessionThatIsOver() {
		this.browser.signIn("ann", "/");
		String session = this.browser.cookie(COOKIE);
		this.browser.post("/logout", "", "Sec-Fetch-Site", "same-origin");
		assertThat(check(session).block()).isFalse();
		assertThat(check("nobody-has-this-session").block()).isFalse();
	}

	@Test
	void aLookEndsASessionWhoseGrantWasWithdrawn() {
		this.browser.signIn("ann", "/");
		String session = this.browser.cookie(COOKIE);
		portal.getBean(SessionStore.class)
			.current(session)
			.flatMap((found) -> portal.getBean(TokenEndpoint.class).revoke(SignedIn.find(found).orElseThrow().client()))
			.block();
		assertThat(check(session).block()).isFalse();
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(401);
	}

	@Test
	void aLookEndsNothingWhileTheProviderFails() {
		this.browser.signIn("ann", "/");
		TestProvider.refreshStatus.set(500);
		StepVerifier.create(check(this.browser.cookie(COOKIE))).verifyError(ProviderUnavailableException.class);
		TestProvider.refreshStatus.set(0);
		assertThat(check(this.browser.cookie(COOKIE)).block()).isTrue();
	}

	@Test
	void signOutRevokesEndsAndCanBeRepeated() {
		this.browser.signIn("ann", "/");
		String session = this.browser.cookie(COOKIE);
		this.browser.get("/api/token", "X-Pergola", "1");
		assertThat(this.browser.post("/logout", "", "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
		HttpResponse<String> out = this.browser.post("/logout", "", "Sec-Fetch-Site", "same-origin");
		assertThat(out.statusCode()).isEqualTo(303);
		assertThat(TestBrowser.location(out)).startsWith(provider.issuer() + "/connect/logout?id_token_hint=");
		assertThat(TestProvider.revocations).hasValue(1);
		assertThat(this.browser.cookie(COOKIE)).isNull();
		this.browser.putCookie(COOKIE, session);
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(401);
		HttpResponse<String> again = this.browser.post("/logout", "", "Sec-Fetch-Site", "same-origin");
		assertThat(TestBrowser.location(again)).isEqualTo("/logout");
	}

	@Test
	void theProviderEndsSessionsOverTheBackChannel() {
		this.browser.signIn("ann", "/");
		TestBrowser other = new TestBrowser(url);
		other.signIn("bob", "/");
		assertThat(backChannel(Map.of("sub", "nobody"))).isEqualTo(200);
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(200);
		assertThat(backChannel(Map.of("sub", "ann"))).isEqualTo(200);
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(401);
		assertThat(other.get("/session").statusCode()).isEqualTo(200);
	}

	@Test
	void unfitLogoutTokensEndNothing() {
		this.browser.signIn("ann", "/");
		Map<String, Object> none = new LinkedHashMap<>();
		none.put("sub", null);
		assertThat(backChannel(none)).isEqualTo(400);
		assertThat(backChannel(Map.of("sub", "ann", "iss", "http://evil.example"))).isEqualTo(400);
		assertThat(backChannel(Map.of("sub", "ann", "aud", List.of("other")))).isEqualTo(400);
		assertThat(backChannel(Map.of("sub", "ann", "nonce", "n"))).isEqualTo(400);
		assertThat(backChannel(Map.of("sub", "ann", "events", Map.of()))).isEqualTo(400);
		assertThat(backChannel(Map.of("sub", "ann", "iat", Instant.now().minusSeconds(600)))).isEqualTo(400);
		assertThat(post("eyJhbGciOiJub25lIn0.e30.")).isEqualTo(400);
		assertThat(this.browser.post("/logout/connect/back-channel/pergola", "").statusCode()).isEqualTo(400);
		assertThat(this.browser.get("/session").statusCode()).isEqualTo(200);
	}

	@Test
	void aLogoutTokenIsGoodForOneUse() {
		String token = provider.sign(logoutToken(provider, Map.of("sub", "nobody")), "logout+jwt");
		assertThat(post(token)).isEqualTo(200);
		assertThat(post(token)).isEqualTo(400);
	}

	@Test
	void aBearerOfTheIssuerNeedsNoHeaderAndAnIdTokenIsNone() {
		Map<String, Object> claims = new LinkedHashMap<>(Map.of("iss", provider.issuer(), "sub", "robot", "aud",
				List.of("services"), "exp", Instant.now().plusSeconds(60)));
		assertThat(this.browser.get("/session", "Authorization", "Bearer " + provider.sign(claims, "JWT")).body())
			.contains("\"subject\":\"robot\"");
		claims.put("aud", List.of("pergola"));
		assertThat(this.browser.get("/session", "Authorization", "Bearer " + provider.sign(claims, "JWT")).statusCode())
			.isEqualTo(401);
	}

	@Test
	void noTokenReachesTheBrowser() {
		this.browser.signIn("ann", "/");
		String hash = this.browser.get("/api/token", "X-Pergola", "1").body();
		this.browser.get("/session");
		this.browser.get("/logout");
		String token = portal.getBean(Portal.class).seen;
		assertThat(hash).isEqualTo(sha256(token));
		assertThat(this.browser.received).hasSizeGreaterThan(4).noneMatch((answer) -> answer.contains(token));
		// A JWT, or a refresh token as the provider makes them, would show as such.
		assertThat(String.join("\n", this.browser.received)).doesNotContainPattern("eyJ[\\w-]{10,}\\.")
			.doesNotContain("refresh_token");
	}

	private int backChannel(Map<String, Object> claims) {
		return post(provider.sign(logoutToken(provider, claims), "logout+jwt"));
	}

	private int post(String token) {
		return new TestBrowser(url).post("/logout/connect/back-channel/pergola", "logout_token=" + token).statusCode();
	}

	static Map<String, Object> logoutToken(TestProvider provider, Map<String, Object> changes) {
		Map<String, Object> claims = new LinkedHashMap<>(Map.of("iss", provider.issuer(), "aud", List.of("pergola"),
				"iat", Instant.now(), "exp", Instant.now().plusSeconds(60), "jti", UUID.randomUUID().toString(),
				"events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
		claims.putAll(changes);
		claims.values().removeIf((value) -> value == null);
		return claims;
	}

	private static Mono<Boolean> check(String sessionId) {
		return portal.getBean(SessionCheck.class).isOpen(sessionId);
	}

	static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(10));
	}

	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
	static class Portal {

		volatile String seen = "";

		final AtomicInteger streams = new AtomicInteger();

		final Sinks.Empty<Void> slowGoesOn = Sinks.empty();

		final CountDownLatch slowHasCome = new CountDownLatch(1);

		@Bean
		TokenController tokenController(AccessTokens tokens, TokenEndpoint endpoint, SessionEnds ends) {
			return new TokenController(this, tokens, endpoint, ends);
		}

	}

	@RestController
	static class TokenController {

		private final Portal portal;

		private final AccessTokens tokens;

		private final TokenEndpoint endpoint;

		private final SessionEnds ends;

		TokenController(Portal portal, AccessTokens tokens, TokenEndpoint endpoint, SessionEnds ends) {
			this.portal = portal;
			this.tokens = tokens;
			this.endpoint = endpoint;
			this.ends = ends;
		}

		@GetMapping("/assets/public")
		String open() {
			return "open to all";
		}

		@GetMapping("/api/slow")
		Mono<String> slow(ServerWebExchange exchange) {
			return exchange.getSession().flatMap((session) -> {
				this.portal.slowHasCome.countDown();
				return this.portal.slowGoesOn.asMono().thenReturn("slow");
			});
		}

		@GetMapping(path = "/api/stream", produces = "text/event-stream")
		Flux<String> stream(ServerWebExchange exchange) {
			return exchange.getSession()
				.flatMapMany((session) -> Flux.<String>never()
					.startWith("begun")
					.takeUntilOther(this.ends.of(session.getId())
						.doOnSubscribe((waiting) -> this.portal.streams.incrementAndGet())));
		}

		@GetMapping("/api/token")
		Mono<String> token(ServerWebExchange exchange) {
			return this.tokens.accessToken(exchange)
				.doOnNext((token) -> this.portal.seen = token)
				.map(SessionIntegrationTests::sha256);
		}

		@GetMapping("/api/revoke-then-token")
		Mono<String> revoked(ServerWebExchange exchange) {
			return exchange.getSession()
				.flatMap((session) -> Mono.justOrEmpty(SignedIn.find(session)))
				.flatMap((signedIn) -> this.endpoint.revoke(signedIn.client()))
				.then(token(exchange));
		}

	}

}
