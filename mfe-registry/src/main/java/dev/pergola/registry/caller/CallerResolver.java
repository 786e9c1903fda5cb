package dev.pergola.registry.caller;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives controllers the {@link Caller} of a request.
 */
public final class CallerResolver implements HandlerMethodArgumentResolver {

	/** Header in which a caller may say why. */
	public static final String REASON_HEADER = "Pergola-Reason";

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Caller.class;
	}

	@Override
	public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
		return exchange.getPrincipal()
			.ofType(Authentication.class)
			.map((authentication) -> caller(authentication, exchange));
	}

	/**
	 * Network address of the peer.
	 * @return address without port, {@code unknown} when there is none
	 */
	public static String address(ServerWebExchange exchange) {
		InetSocketAddress address = exchange.getRequest().getRemoteAddress();
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : "unknown";
	}

	private static Caller caller(Authentication authentication, ServerWebExchange exchange) {
		Set<String> authorities = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.collect(Collectors.toSet());
		return new Caller(authentication.getName(), kind(authorities), authorities, address(exchange),
				exchange.getRequest().getHeaders().getFirst(REASON_HEADER));
	}

	private static Caller.Kind kind(Set<String> authorities) {
		if (authorities.contains(Caller.SERVICE)) {
			return Caller.Kind.SERVICE;
		}
		return authorities.contains(Caller.TEAM_TOKEN) ? Caller.Kind.TEAM_TOKEN : Caller.Kind.PERSON;
	}

}
