package dev.pergola.bff.filter;

import dev.pergola.bff.egress.UpstreamFailures;
import dev.pergola.bff.resilience.Permit;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Watches over the body of an upstream's answer. A stream, which is flushed, has none.
 */
final class GuardedResponse extends ServerHttpResponseDecorator {

	private final ServerWebExchange exchange;

	private final Permit permit;

	private final long maxAnswer;

	private volatile boolean writing;

	GuardedResponse(ServerWebExchange exchange, Permit permit, long maxAnswer) {
		super(exchange.getResponse());
		this.maxAnswer = maxAnswer;
		this.exchange = exchange;
		this.permit = permit;
	}

	/** Whether the answer's body has begun to be read. */
	boolean isWriting() {
		return this.writing;
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		this.writing = true;
		return super.writeAndFlushWith(body);
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		Connection connection = this.exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		if (connection == null) {
			return super.writeWith(body);
		}
		boolean withBody = !HttpMethod.HEAD.equals(this.exchange.getRequest().getMethod());
		if (withBody && getHeaders().getContentLength() > this.maxAnswer) {
			return Mono.error(UpstreamFailures.tooLarge(Relay.route(this.exchange).getId()));
		}
		this.writing = true;
		return super.writeWith(
				new BodyWatch(Flux.from(body), this.permit, connection.channel().eventLoop(), this.maxAnswer));
	}

}
