package dev.pergola.session.login;

import java.time.Duration;
import java.time.Instant;

import dev.pergola.session.SessionProperties;
import dev.pergola.testing.SettableClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Five sign-ins in all, two of one browser, three from one address. */
class InMemoryPendingLoginsTests {

	private final SettableClock time = new SettableClock(Instant.EPOCH);

	private final InMemoryPendingLogins logins = new InMemoryPendingLogins(
			new SessionProperties.Login(Duration.ofMinutes(10), 5, 2, 3), this.time);

	@Test
	@Tag("security-19")
	void aFloodFromOneAddressEndsNoSignInThatIsUnderWayElsewhere() {
		keep("ada", "home", "1");
		for (int i = 0; i < 1000; i++) {
			keep("flood" + i, "elsewhere", "1");
		}
		keep("bob", "office", "1");
		assertThat(taken("ada", "1")).isTrue();
		assertThat(taken("bob", "1")).isTrue();
		assertThat(taken("flood996", "1")).isFalse();
		assertThat(taken("flood997", "1")).isTrue();
	}

	@Test
	void theOldestMakeRoom() {
		for (String state : new String[] { "1", "2", "3" }) {
			keep("a", "x", state);
		}
		assertThat(taken("a", "1")).isFalse();
		assertThat(taken("a", "2")).isTrue();
		for (String browser : new String[] { "b", "c", "d", "e", "f" }) {
			keep(browser, browser, "1");
		}
		assertThat(taken("a", "3")).isFalse();
		assertThat(taken("f", "1")).isTrue();
	}

	@Test
	void oneThatIsTakenIsTakenOnceAndLeavesItsPlace() {
		for (String state : new String[] { "1", "2", "3" }) {
			keep("a", "x", state);
			assertThat(taken("b", state)).isFalse();
			assertThat(taken("a", state)).isTrue();
			assertThat(taken("a", state)).isFalse();
		}
		keep("a", "x", "4");
		keep("a", "x", "5");
		assertThat(taken("a", "4")).isTrue();
		assertThat(taken("a", "5")).isTrue();
	}

	@Test
	void theirTimeIsLimited() {
		keep("a", "x", "1");
		this.time.advance(Duration.ofMinutes(10).plusMillis(1));
		keep("a", "x", "2");
		assertThat(taken("a", "1")).isFalse();
		assertThat(taken("a", "2")).isTrue();
	}

	private void keep(String browser, String address, String state) {
		this.logins
			.keep(browser, address,
					OAuth2AuthorizationRequest.authorizationCode()
						.authorizationUri("https://id.example/authorize")
						.clientId("pergola")
						.state(state)
						.build())
			.block();
	}

	private boolean taken(String browser, String state) {
		return this.logins.take(browser, state).blockOptional().isPresent();
	}

}
