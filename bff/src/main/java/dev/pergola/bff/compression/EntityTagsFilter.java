package dev.pergola.bff.compression;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Changes the entity tags of compressed answers back before anyone compares them: an
 * upstream, or a controller of this process.
 */
final class EntityTagsFilter implements WebFilter, Ordered {

	/** After what refuses a request by its head. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 60;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		String known = request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH);
		change(request, HttpHeaderNames.IF_MATCH);
		if (change(request, HttpHeaderNames.IF_NONE_MATCH)) {
			ServerHttpResponse response = exchange.getResponse();
			response.beforeCommit(() -> Mono.fromRunnable(() -> keepMark(response, known)));
		}
		return chain.filter(exchange);
	}

	/**
	 * Changes the request itself: what an exchange that stands for another one compares
	 * are the tags of the other.
	 */
	private static boolean change(HttpServerRequest request, AsciiString name) {
		String tags = request.requestHeaders().get(name);
		if (tags == null || !EntityTags.isMarked(tags)) {
			return false;
		}
		request.requestHeaders().set(name, EntityTags.plain(tags));
		return true;
	}

	private static void keepMark(ServerHttpResponse response, String known) {
		String tag = response.getHeaders().getETag();
		if (HttpStatus.NOT_MODIFIED.equals(response.getStatusCode()) && tag != null) {
			response.getHeaders().set(HttpHeaders.ETAG, EntityTags.ofNotModified(known, tag));
		}
	}

}
