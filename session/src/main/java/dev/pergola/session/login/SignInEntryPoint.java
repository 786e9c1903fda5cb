package dev.pergola.session.login;

import java.net.URI;
import java.util.Set;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.problem.Navigation;
import dev.pergola.session.problem.NoticePage;
import dev.pergola.session.problem.SessionProblemHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sends a person who opens a page to sign in; a script that fetches one gets 401
 * {@code /problems/sign-in-required}, as it could not follow a redirect to the provider.
 */
public class SignInEntryPoint implements ServerAuthenticationEntryPoint {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private final SessionProperties properties;

	/**
	 * Creates the entry point.
	 * @param properties registration and public origin
	 */
	public SignInEntryPoint(SessionProperties properties) {
		this.properties = properties;
	}

	@Override
	public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException ex) {
		ServerHttpRequest request = exchange.getRequest();
		if (!Navigation.is(request)) {
			return SessionProblemHandler.signInRequired("Sign in to the portal first.").write(exchange);
		}
		boolean get = request.getMethod() == HttpMethod.GET;
		ReturnUrl returnUrl = get ? ReturnUrl.orHome(local(request.getURI())) : ReturnUrl.HOME;
		if (get && otherLoopbackName(request)) {
			return redirect(exchange, URI.create(this.properties.publicOrigin() + returnUrl.value()));
		}
		// A link on another site brings no Strict cookie along; the second request does.
		if (get && "cross-site".equals(request.getHeaders().getFirst("Sec-Fetch-Site"))) {
			return NoticePage.hop(returnUrl.value()).write(exchange);
		}
		return redirect(exchange,
				UriComponentsBuilder.fromPath("/oauth2/authorization/{id}")
					.queryParam("returnUrl", "{returnUrl}")
					.encode()
					.buildAndExpand(this.properties.registration(), returnUrl.value())
					.toUri());
	}

	private static String local(URI uri) {
		return uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
	}

	// Cookies of localhost do not reach 127.0.0.1, so that a sign-in begun there never
	// ends.
	private boolean otherLoopbackName(ServerHttpRequest request) {
		@Nullable String host = request.getURI().getHost();
		String publicHost = this.properties.publicOrigin().getHost();
		return host != null && !host.equals(publicHost) && LOOPBACK.contains(host) && LOOPBACK.contains(publicHost);
	}

	private static Mono<Void> redirect(ServerWebExchange exchange, URI location) {
		exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
		exchange.getResponse().getHeaders().setLocation(location);
		return exchange.getResponse().setComplete();
	}

}
