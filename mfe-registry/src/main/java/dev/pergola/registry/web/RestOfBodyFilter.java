package dev.pergola.registry.web;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Bounds what is read of a body below {@code /registry} once the answer is there: Reactor
 * Netty would go on to its end, however far that is, also for who is not let in.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RestOfBodyFilter implements WebFilter {

	private static final String NAME = "pergola.rest-of-body";

	private final DataSize allowed;

	private final Duration timeout;

	/**
	 * Creates the filter.
	 * @param allowed read after the answer
	 * @param timeout time for that
	 */
	public RestOfBodyFilter(DataSize allowed, Duration timeout) {
		this.allowed = allowed;
		this.timeout = timeout;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpResponse response = exchange.getResponse();
		if (hasBody(request) && request.getPath().pathWithinApplication().value().startsWith("/registry/")
				&& nativeResponse(response) instanceof HttpServerResponse netty) {
			netty.withConnection((connection) -> watch(connection.channel(), response));
		}
		return chain.filter(exchange);
	}

	/** The request has just been read, so nothing of its body has passed yet. */
	private void watch(Channel channel, ServerHttpResponse response) {
		ChannelPipeline pipeline = channel.pipeline();
		if (channel.eventLoop().inEventLoop() && pipeline.get(NettyPipeline.HttpTrafficHandler) != null
				&& pipeline.get(NAME) == null) {
			RestOfBody rest = new RestOfBody(this.allowed.toBytes(), this.timeout);
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, rest);
			response.beforeCommit(() -> Mono.fromRunnable(() -> channel.eventLoop().execute(rest::answered)));
		}
	}

	/** A response that has no server behind it says so by an exception. */
	private static @Nullable Object nativeResponse(ServerHttpResponse response) {
		try {
			return ServerHttpResponseDecorator.getNativeResponse(response);
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

	private static boolean hasBody(ServerHttpRequest request) {
		return request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)
				|| request.getHeaders().getContentLength() > 0;
	}

}
