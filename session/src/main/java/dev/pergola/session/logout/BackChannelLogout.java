package dev.pergola.session.logout;

import dev.pergola.session.problem.Problem;
import dev.pergola.session.store.ProviderLogout;
import dev.pergola.session.store.SessionStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Ends sessions on the provider's word.
 */
public class BackChannelLogout {

	private static final Log log = LogFactory.getLog(BackChannelLogout.class);

	private final ReactiveClientRegistrationRepository registrations;

	private final LogoutTokens tokens;

	private final SessionStore sessions;

	private final SignOut signOut;

	/**
	 * Creates the back channel.
	 * @param registrations whose providers may speak
	 * @param tokens checks logout tokens
	 * @param sessions finds sessions
	 * @param signOut ends them
	 */
	public BackChannelLogout(ReactiveClientRegistrationRepository registrations, LogoutTokens tokens,
			SessionStore sessions, SignOut signOut) {
		this.registrations = registrations;
		this.tokens = tokens;
		this.sessions = sessions;
		this.signOut = signOut;
	}

	/**
	 * {@code POST /logout/connect/back-channel/{id}}: form field {@code logout_token}.
	 * @param exchange the request
	 * @param registrationId client registration
	 * @return 200 when the token is good, whether or not it ended a session; 400
	 * {@code /problems/logout-token} otherwise
	 */
	public Mono<Void> logout(ServerWebExchange exchange, String registrationId) {
		return Mono
			.zip(this.registrations.findByRegistrationId(registrationId),
					exchange.getFormData().mapNotNull((form) -> form.getFirst("logout_token")))
			.flatMap((both) -> this.tokens.use(both.getT1(), both.getT2(), this::end)
				.then(Mono.defer(() -> ok(exchange)))
				.thenReturn(true))
			.defaultIfEmpty(false)
			.onErrorResume(JwtException.class, (ex) -> {
				log.info("Back-channel logout refused: " + ex.getClass().getSimpleName());
				return Mono.just(false);
			})
			.flatMap((done) -> done ? Mono.empty() : refused().write(exchange));
	}

	private Mono<Void> end(ProviderLogout logout) {
		return this.sessions.find(logout).flatMap(this.signOut::end).then();
	}

	private static Mono<Void> ok(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.OK);
		exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
		return exchange.getResponse().setComplete();
	}

	private static Problem refused() {
		return new Problem("logout-token", HttpStatus.BAD_REQUEST, "Logout token refused",
				"The logout token is missing or not valid for this client.");
	}

}
