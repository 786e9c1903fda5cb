package dev.pergola.session.login;

import dev.pergola.session.problem.Problem;
import reactor.core.publisher.Mono;

import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses to begin a sign-in that would end somewhere else: 400
 * {@code /problems/return-url} or {@code /problems/prompt}.
 */
public class LoginParametersFilter implements WebFilter {

	private static final PathPattern BEGIN = PathPatternParser.defaultInstance.parse("/oauth2/authorization/{id}");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		Problem problem = BEGIN.matches(path) ? LoginRequests.check(exchange.getRequest()) : null;
		return (problem != null) ? problem.write(exchange) : chain.filter(exchange);
	}

}
