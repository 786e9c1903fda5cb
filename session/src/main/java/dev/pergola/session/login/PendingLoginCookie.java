package dev.pergola.session.login;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

import dev.pergola.session.SessionProperties;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Binds begun sign-ins to the browser by a short-lived cookie of its own. It is
 * {@code Lax}, as the provider may be on another site; the session cookie need not be.
 */
public class PendingLoginCookie implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	private static final SecureRandom random = new SecureRandom();

	private final PendingLogins logins;

	private final SessionProperties properties;

	/**
	 * Creates the repository.
	 * @param logins where begun sign-ins are kept
	 * @param properties name of the cookie and time to sign in
	 */
	public PendingLoginCookie(PendingLogins logins, SessionProperties properties) {
		this.logins = logins;
		this.properties = properties;
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
		// Only ever taken: a state is good for one use.
		return Mono.empty();
	}

	@Override
	public Mono<Void> saveAuthorizationRequest(OAuth2AuthorizationRequest request, ServerWebExchange exchange) {
		String browser = browser(exchange).orElseGet(PendingLoginCookie::newName);
		exchange.getResponse().addCookie(cookie(browser, this.properties.login().timeout()));
		return this.logins.keep(browser, address(exchange), request);
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
		String state = exchange.getRequest().getQueryParams().getFirst("state");
		if (state == null) {
			return Mono.empty();
		}
		return Mono.justOrEmpty(browser(exchange))
			.flatMap((browser) -> this.logins.take(browser, state))
			.doOnNext((request) -> ReturnUrl.keepIn(exchange, request));
	}

	private ResponseCookie cookie(String browser, Duration maxAge) {
		return ResponseCookie.from(this.properties.cookie().loginName(), browser)
			.path("/")
			.secure(this.properties.cookie().secure())
			.httpOnly(true)
			.sameSite("Lax")
			.maxAge(maxAge)
			.build();
	}

	private Optional<String> browser(ServerWebExchange exchange) {
		return Optional.ofNullable(exchange.getRequest().getCookies().getFirst(this.properties.cookie().loginName()))
			.map(HttpCookie::getValue)
			.filter((value) -> value.matches("[0-9a-f]{32}"));
	}

	/** With IPv6 the first half, as whoever has that has all of its second. */
	private static String address(ServerWebExchange exchange) {
		InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
		if (remote == null || remote.getAddress() == null) {
			return "";
		}
		byte[] bytes = remote.getAddress().getAddress();
		return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
	}

	private static String newName() {
		byte[] bytes = new byte[16];
		random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
