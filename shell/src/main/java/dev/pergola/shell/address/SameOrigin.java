package dev.pergola.shell.address;

import java.net.URI;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Lets a form pass only when a page of this origin sent it. A browser always says where a
 * form is from, so silence counts as foreign.
 */
public final class SameOrigin implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private final Function<ServerRequest, Mono<ServerResponse>> refuse;

	/**
	 * A filter for routes that take forms.
	 * @param refuse what to answer otherwise
	 */
	public SameOrigin(Function<ServerRequest, Mono<ServerResponse>> refuse) {
		this.refuse = refuse;
	}

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		boolean safe = switch (request.method().name()) {
			case "GET", "HEAD", "OPTIONS" -> true;
			default -> isSameOrigin(request);
		};
		return safe ? next.handle(request) : this.refuse.apply(request);
	}

	private static boolean isSameOrigin(ServerRequest request) {
		String site = request.headers().firstHeader("Sec-Fetch-Site");
		if (site != null) {
			return site.equals("same-origin");
		}
		String origin = request.headers().firstHeader(HttpHeaders.ORIGIN);
		String from = (origin != null) ? origin : request.headers().firstHeader(HttpHeaders.REFERER);
		return from != null && authority(from) != null && sameHost(authority(from), request);
	}

	private static boolean sameHost(@Nullable String authority, ServerRequest request) {
		String host = request.headers().firstHeader(HttpHeaders.HOST);
		return authority != null
				&& (authority.equalsIgnoreCase(host) || authority.equals(request.uri().getAuthority()));
	}

	private static @Nullable String authority(String address) {
		try {
			return URI.create(address).getRawAuthority();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
