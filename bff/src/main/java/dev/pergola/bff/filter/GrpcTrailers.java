package dev.pergola.bff.filter;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Hands the trailers of a gRPC answer on: its status is there, not in the headers. What
 * the upstream says in headers alone, because nothing else comes, is made trailers, too.
 */
final class GrpcTrailers implements HttpHeadersFilter {

	private static final String STATUS = "grpc-status";

	@Override
	public boolean supports(Type type) {
		return type == Type.RESPONSE;
	}

	@Override
	public org.springframework.http.HttpHeaders filter(org.springframework.http.HttpHeaders headers,
			ServerWebExchange exchange) {
		HttpClientResponse answer = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		if (!isGrpc(exchange.getRequest()) || answer == null) {
			return headers;
		}
		HttpHeaders early = new DefaultHttpHeaders();
		org.springframework.http.HttpHeaders kept = new org.springframework.http.HttpHeaders();
		boolean alone = headers.containsHeader(STATUS);
		headers.forEach((name, values) -> {
			if (alone && !isOfContent(name)) {
				early.add(name, values);
			}
			else {
				kept.addAll(name, values);
			}
		});
		AtomicReference<HttpHeaders> trailers = new AtomicReference<>(early);
		answer.trailerHeaders().subscribe((late) -> trailers.set(early.copy().add(passing(late))));
		HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		response.withConnection((connection) -> connection.addHandlerLast(new Writer(trailers)));
		return kept;
	}

	/** Whether a request is a gRPC call. */
	static boolean isGrpc(ServerHttpRequest request) {
		String contentType = request.getHeaders().getFirst(org.springframework.http.HttpHeaders.CONTENT_TYPE);
		return contentType != null && contentType.regionMatches(true, 0, "application/grpc", 0, 16);
	}

	private static boolean isOfContent(String name) {
		return name.regionMatches(true, 0, "content-", 0, 8);
	}

	// The rules of headers hold for trailers as well.
	private static HttpHeaders passing(HttpHeaders trailers) {
		HttpHeaders passing = new DefaultHttpHeaders();
		for (Map.Entry<String, String> trailer : trailers) {
			if (!ResponseHygiene.DROPPED.contains(trailer.getKey())) {
				passing.add(trailer.getKey(), trailer.getValue());
			}
		}
		return passing;
	}

	/** A channel of HTTP/2 serves one request, so that it ends with the answer. */
	private static final class Writer extends ChannelOutboundHandlerAdapter {

		private final AtomicReference<HttpHeaders> trailers;

		Writer(AtomicReference<HttpHeaders> trailers) {
			this.trailers = trailers;
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
			super.write(context, with(message, this.trailers.get()), promise);
		}

		private static Object with(Object message, HttpHeaders trailers) {
			if (trailers.isEmpty() || !(message instanceof LastHttpContent last)) {
				return message;
			}
			HttpHeaders all = new DefaultHttpHeaders().add(last.trailingHeaders()).add(trailers);
			if (message instanceof FullHttpResponse full) {
				return new DefaultFullHttpResponse(full.protocolVersion(), full.status(), full.content(),
						full.headers(), all);
			}
			LastHttpContent ending = new DefaultLastHttpContent(last.content());
			ending.trailingHeaders().add(all);
			return ending;
		}

	}

}
