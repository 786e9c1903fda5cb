package dev.pergola.session.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import dev.pergola.session.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Five sign-ins in all, two of one browser, three from one address. */
class RedisPendingLoginsIntegrationTests {

	private TestRedis redis;

	private TestNode one;

	private TestNode two;

	@BeforeEach
	void start() throws IOException {
		this.redis = new TestRedis();
		this.one = TestNode.of(this.redis);
		this.two = TestNode.of(this.redis);
	}

	@AfterEach
	void stop() throws IOException {
		this.one.close();
		this.two.close();
		this.redis.close();
	}

	@Test
	@Tag("security-1")
	void anotherNodeTakesItOnceAsItWas() {
		OAuth2AuthorizationRequest request = request("state");
		this.one.logins.keep("browser", "x", request).block();
		assertThat(this.two.logins.take("another", "state").block()).isNull();
		OAuth2AuthorizationRequest taken = this.two.logins.take("browser", "state").block();
		assertThat(taken.getAttributes()).isEqualTo(request.getAttributes());
		assertThat(taken.getAdditionalParameters()).isEqualTo(request.getAdditionalParameters());
		assertThat(taken.getAuthorizationRequestUri()).isEqualTo(request.getAuthorizationRequestUri());
		assertThat(taken.getRedirectUri()).isEqualTo(request.getRedirectUri());
		assertThat(taken.getScopes()).isEqualTo(request.getScopes());
		assertThat(this.one.logins.take("browser", "state").block()).isNull();
	}

	@Test
	@Tag("security-19")
	void theOldestMakeRoom() {
		for (String state : new String[] { "1", "2", "3" }) {
			this.one.logins.keep("a", "x", request(state)).block();
		}
		assertThat(taken("a", "1")).isFalse();
		assertThat(taken("a", "2")).isTrue();
		for (String browser : new String[] { "b", "c", "d", "e", "f" }) {
			this.one.logins.keep(browser, browser, request("1")).block();
		}
		assertThat(taken("a", "3")).isFalse();
		assertThat(taken("e", "1")).isTrue();
	}

	@Test
	@Tag("security-19")
	void whoBeginsManyAtOneAddressDropsTheirOwnOnly() {
		this.one.logins.keep("a", "y", request("1")).block();
		List<String> flood = List.of("b", "c", "d", "e", "f", "g");
		flood.forEach((browser) -> this.one.logins.keep(browser, "x", request("1")).block());
		assertThat(taken("a", "1")).isTrue();
		assertThat(flood.stream().filter((browser) -> taken(browser, "1"))).hasSize(3);
	}

	@Test
	void theirTimeIsLimited() {
		this.one.logins.keep("a", "x", request("1")).block();
		assertThat(this.redis.commands().keys("test:*")).isNotEmpty()
			.allSatisfy((key) -> assertThat(this.redis.commands().pttl(key)).isBetween(1L, 600_000L));
	}

	private boolean taken(String browser, String state) {
		return this.two.logins.take(browser, state).blockOptional().isPresent();
	}

	private static OAuth2AuthorizationRequest request(String state) {
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://id.example/authorize")
			.clientId("pergola")
			.redirectUri("https://portal.example/login/oauth2/code/pergola")
			.scope("openid", "profile")
			.state(state)
			.additionalParameters(Map.of("nonce", "hash", "code_challenge", "challenge"))
			.attributes((all) -> all
				.putAll(Map.of("registration_id", "pergola", "nonce", "nonce", "code_verifier", "verifier")))
			.build();
	}

}
