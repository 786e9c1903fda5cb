package dev.pergola.session.web;

import java.time.Clock;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.logout.BackChannelLogout;
import dev.pergola.session.logout.SignOut;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The session's own addresses. Sign-in has filters of its own.
 */
@RestController
public class SessionController {

	private final SessionProperties.Lifetime lifetime;

	private final Clock clock;

	private final SignOut signOut;

	private final BackChannelLogout backChannel;

	/**
	 * Creates the controller.
	 * @param lifetime lifetime of sessions
	 * @param clock clock
	 * @param signOut sign-out by the person
	 * @param backChannel sign-out by the provider
	 */
	public SessionController(SessionProperties.Lifetime lifetime, Clock clock, SignOut signOut,
			BackChannelLogout backChannel) {
		this.lifetime = lifetime;
		this.clock = clock;
		this.signOut = signOut;
		this.backChannel = backChannel;
	}

	/**
	 * {@code GET /session}.
	 */
	@GetMapping("/session")
	Mono<SessionInfo> session(ServerWebExchange exchange) {
		return SessionInfo.of(exchange, this.lifetime, this.clock);
	}

	/**
	 * {@code GET /logout}.
	 */
	@GetMapping("/logout")
	Mono<Void> signedOut(ServerWebExchange exchange) {
		return this.signOut.page(exchange);
	}

	/**
	 * {@code POST /logout}.
	 */
	@PostMapping("/logout")
	Mono<Void> signOut(ServerWebExchange exchange) {
		return this.signOut.signOut(exchange);
	}

	/**
	 * {@code POST /logout/connect/back-channel/{registrationId}}.
	 */
	@PostMapping("/logout/connect/back-channel/{registrationId}")
	Mono<Void> backChannel(ServerWebExchange exchange, @PathVariable String registrationId) {
		return this.backChannel.logout(exchange, registrationId);
	}

}
