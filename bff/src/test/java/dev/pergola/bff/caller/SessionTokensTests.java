package dev.pergola.bff.caller;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import dev.pergola.session.AccessTokens;
import dev.pergola.session.SignInRequiredException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTokensTests {

	private final Queue<String> next = new ArrayDeque<>(List.of("second", "third"));

	private final SessionTokens tokens = new SessionTokens(new AccessTokens() {

		@Override
		public Mono<String> accessToken(ServerWebExchange exchange) {
			return Mono.error(new IllegalStateException("there is no request"));
		}

		@Override
		public Mono<String> ofSession(String sessionId) {
			assertThat(sessionId).isEqualTo("s");
			return Mono.fromSupplier(SessionTokensTests.this.next::poll)
				.switchIfEmpty(Mono.error(() -> new SignInRequiredException("over")));
		}

	}, "s", "first");

	@Test
	void asksEachTimeAndKeepsToTheLastWhenTheSessionIsOver() {
		assertThat(List.of(get(), get(), get(), get())).containsExactly("second", "third", "third", "third");
	}

	@Test
	void keepsToTheFirstWhereNoOtherWasEverGiven() {
		this.next.clear();
		assertThat(get()).isEqualTo("first");
	}

	private String get() {
		return this.tokens.accessToken().block();
	}

}
