package dev.pergola.session.login;

import dev.pergola.session.ProviderUnavailableException;
import dev.pergola.session.problem.NoticePage;
import dev.pergola.session.store.SignedIn;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * How a sign-in ends. The way on is a page, not a redirect: a redirect would still count
 * as the provider's navigation, and browsers keep a {@code Strict} cookie from it.
 */
public class LoginEnd implements ServerAuthenticationSuccessHandler, ServerAuthenticationFailureHandler {

	private static final Log log = LogFactory.getLog(LoginEnd.class);

	@Override
	public Mono<Void> onAuthenticationSuccess(WebFilterExchange webFilterExchange, Authentication authentication) {
		ServerWebExchange exchange = webFilterExchange.getExchange();
		return NoticePage.hop(ReturnUrl.of(exchange).value()).write(exchange);
	}

	@Override
	public Mono<Void> onAuthenticationFailure(WebFilterExchange webFilterExchange, AuthenticationException ex) {
		ServerWebExchange exchange = webFilterExchange.getExchange();
		String code = (ex instanceof OAuth2AuthenticationException oauth2) ? oauth2.getError().getErrorCode()
				: "unknown";
		log.info("Sign-in failed: " + code);
		if (ex.getCause() instanceof ProviderUnavailableException unavailable) {
			return Mono.error(unavailable);
		}
		// A callback that is loaded again finds its state used up, and the person signed
		// in.
		return exchange.getSession()
			.flatMap((session) -> SignedIn.find(session).isPresent() ? NoticePage.hop("/").write(exchange)
					: failed().write(exchange));
	}

	private static NoticePage failed() {
		return new NoticePage(HttpStatus.BAD_REQUEST, "Sign-in did not complete",
				"It took too long, was begun in another browser, or was refused.", "Sign in again", "/",
				NoticePage.Way.LINK);
	}

}
