package dev.pergola.bff.observe;

import java.security.Principal;

import dev.pergola.session.SessionPrincipal;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/** Tells the watch who calls; needed by the access log only. */
final class CallerFilter implements WebFilter, Ordered {

	private static final String BROWSER = "browser";

	/** Behind Spring Security, which is at -100. */
	@Override
	public int getOrder() {
		return -50;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Call call = Call.of(exchange);
		// Files of the shell are for everybody: no session is looked up for them.
		if (call == null || exchange.getRequest().getPath().value().startsWith("/assets/")) {
			return chain.filter(exchange);
		}
		return exchange.getPrincipal().doOnNext((principal) -> tell(call, principal)).then(chain.filter(exchange));
	}

	private static void tell(Call call, Principal principal) {
		if (principal instanceof Authentication authentication && authentication.isAuthenticated()) {
			try {
				call.caller(SessionPrincipal.of(authentication).subject(), client(authentication));
			}
			catch (IllegalArgumentException ex) {
				// Nobody we know.
			}
		}
	}

	private static String client(Authentication authentication) {
		if (!(authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer)) {
			return BROWSER;
		}
		Object client = bearer.getTokenAttributes().get("azp");
		Object other = bearer.getTokenAttributes().get("client_id");
		return (client != null) ? client.toString() : (other != null) ? other.toString() : "bearer";
	}

}
