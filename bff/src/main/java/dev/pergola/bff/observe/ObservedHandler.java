package dev.pergola.bff.observe;

import dev.pergola.bff.problem.Trace;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Watches what goes the long way, from outside of everything: only here an answer is
 * final, also when a filter failed and a handler of errors wrote it.
 */
final class ObservedHandler implements HttpHandler {

	private final HttpHandler next;

	private final Observer observer;

	private final ManagementPort management;

	ObservedHandler(HttpHandler next, Observer observer, ManagementPort management) {
		this.next = next;
		this.observer = observer;
		this.management = management;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		if (this.management.is(request.getLocalAddress())) {
			return this.next.handle(request, response);
		}
		return Watching.over(this.observer.begin(arrival(request)), this.next, request, response);
	}

	private static Arrival arrival(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String protocol = (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty)
				? netty.protocol() : "HTTP/1.1";
		return new Arrival(request.getMethod().name(), request.getURI().getRawPath(), protocol,
				request.getRemoteAddress(), headers.getFirst(Trace.HEADER), headers.getFirst(Trace.STATE));
	}

}
