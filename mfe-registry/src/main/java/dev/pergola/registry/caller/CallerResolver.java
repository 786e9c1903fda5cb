package dev.pergola.registry.caller;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives controllers the {@link Caller} of a request.
 */
public final class CallerResolver implements HandlerMethodArgumentResolver, AutoCloseable {

	/** Header in which a caller may say why. */
	public static final String REASON_HEADER = "Pergola-Reason";

	private static final String ENCODED = "UTF-8''";

	private final Function<String, Set<String>> memberships;

	private final Scheduler blocking = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(),
			"registry-memberships");

	/**
	 * Creates the resolver.
	 * @param memberships teams that the registry itself puts a person in, by subject; may
	 * block, and is called on a virtual thread
	 */
	public CallerResolver(Function<String, Set<String>> memberships) {
		this.memberships = memberships;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Caller.class;
	}

	@Override
	public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
		return exchange.getPrincipal()
			.ofType(Authentication.class)
			.flatMap((authentication) -> Mono.fromCallable(() -> caller(authentication, exchange))
				.subscribeOn(this.blocking));
	}

	@Override
	public void close() {
		this.blocking.dispose();
	}

	/**
	 * Network address of the peer.
	 * @return address without port, {@code unknown} when there is none
	 */
	public static String address(ServerWebExchange exchange) {
		InetSocketAddress address = exchange.getRequest().getRemoteAddress();
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : "unknown";
	}

	private Caller caller(Authentication authentication, ServerWebExchange exchange) {
		Set<String> authorities = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.collect(Collectors.toCollection(HashSet::new));
		Caller.Kind kind = kind(authorities);
		if (kind == Caller.Kind.PERSON) {
			this.memberships.apply(authentication.getName())
				.forEach((team) -> authorities.add(Caller.teamAuthority(team)));
		}
		return new Caller(authentication.getName(), kind, authorities, address(exchange),
				reason(exchange.getRequest().getHeaders().getFirst(REASON_HEADER)));
	}

	/** Text beyond ASCII comes as RFC 8187 says. */
	private static @Nullable String reason(@Nullable String header) {
		if (header == null || !header.regionMatches(true, 0, ENCODED, 0, ENCODED.length())) {
			return header;
		}
		try {
			return URLDecoder.decode(header.substring(ENCODED.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return header;
		}
	}

	private static Caller.Kind kind(Set<String> authorities) {
		if (authorities.contains(Caller.SERVICE)) {
			return Caller.Kind.SERVICE;
		}
		if (authorities.contains(Caller.PIPELINE)) {
			return Caller.Kind.PIPELINE;
		}
		return authorities.contains(Caller.TEAM_TOKEN) ? Caller.Kind.TEAM_TOKEN : Caller.Kind.PERSON;
	}

}
