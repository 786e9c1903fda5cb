package dev.pergola.bff.streams;

import java.time.Duration;

import dev.pergola.session.ProviderUnavailableException;
import dev.pergola.session.SessionsUnavailableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

@Tag("security-14")
class SessionWatchTests {

	private static final Duration CHECK = Duration.ofSeconds(4);

	private final ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

	private final Sinks.Empty<Void> told = Sinks.empty();

	@Test
	void endsAtOnceWhenItIsTold() {
		StepVerifier.withVirtualTime(() -> over(Mono.just(true)))
			.expectSubscription()
			.expectNoEvent(Duration.ofMinutes(5))
			.then(this.told::tryEmitEmpty)
			.verifyComplete();
	}

	@Test
	void endsAtTheNextLookWhenNobodyTells() {
		StepVerifier.withVirtualTime(() -> over(Mono.just(false)))
			.expectSubscription()
			.expectNoEvent(CHECK.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.verifyComplete();
	}

	@Test
	@Tag("security-56")
	void goesOnForHalfAMinuteWhileNobodyCanTell() {
		StepVerifier.withVirtualTime(() -> over(Mono.error(new SessionsUnavailableException(null))))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(28))
			.thenAwait(CHECK)
			.verifyComplete();
	}

	@Test
	@Tag("security-6")
	void aProviderThatIsAwayEndsNothing() {
		Mono<Boolean> away = Mono.error(new ProviderUnavailableException("away", new IllegalStateException()));
		StepVerifier.withVirtualTime(() -> over(away))
			.expectSubscription()
			.expectNoEvent(Duration.ofMinutes(10))
			.thenCancel()
			.verify();
	}

	private Mono<Void> over(Mono<Boolean> alive) {
		return new SessionWatch(new TestSession(alive, this.told.asMono()).probe(), CHECK).over(this.exchange);
	}

}
