package dev.pergola.session.problem;

import dev.pergola.session.ProviderUnavailableException;
import dev.pergola.session.SessionsUnavailableException;
import dev.pergola.session.SignInRequiredException;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Answers the exceptions of the session, wherever in a request they come up: 401
 * {@code /problems/sign-in-required}, 503 {@code /problems/sign-in-unavailable} and
 * {@code /problems/sessions-unavailable}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
public class SessionProblemHandler implements WebExceptionHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		return switch (ex) {
			case SignInRequiredException required ->
				signInRequired(String.valueOf(required.getMessage())).write(exchange);
			case ProviderUnavailableException unavailable ->
				unavailable(exchange, "sign-in-unavailable", "Sign-in unavailable", unavailable);
			case SessionsUnavailableException unavailable ->
				unavailable(exchange, "sessions-unavailable", "Sessions unavailable", unavailable);
			default -> Mono.error(ex);
		};
	}

	/**
	 * The problem of a request nobody is signed in for.
	 * @param detail one sentence
	 * @return 401
	 */
	public static Problem signInRequired(String detail) {
		return new Problem("sign-in-required", HttpStatus.UNAUTHORIZED, "Sign-in required", detail);
	}

	private static Mono<Void> unavailable(ServerWebExchange exchange, String name, String title, Throwable ex) {
		String detail = String.valueOf(ex.getMessage());
		exchange.getResponse().getHeaders().set("Retry-After", "5");
		if (Navigation.is(exchange.getRequest())) {
			return new NoticePage(HttpStatus.SERVICE_UNAVAILABLE, "Sign-in is not available", detail, "Try again", "/",
					NoticePage.Way.LINK)
				.write(exchange);
		}
		return new Problem(name, HttpStatus.SERVICE_UNAVAILABLE, title, detail).write(exchange);
	}

}
