package dev.pergola.bff.problem;

import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * What the direct path found out about a request before it handed it to the long way,
 * which tells the client. It stays with the connection, and a number in a header ties it
 * to its request: a client cannot write one.
 *
 * @param number what the header says
 */
public record Verdict(String number, BffException failure) {

	private static final AttributeKey<@Nullable Verdict> KEY = AttributeKey.valueOf(Verdict.class, "pergola");

	private static final String HEADER = "X-Pergola-Verdict";

	/** Ties a failure to a request that is about to take the long way. */
	public static void set(Channel channel, HttpRequest request, BffException failure) {
		String number = Long.toHexString(ThreadLocalRandom.current().nextLong());
		channel.attr(KEY).set(new Verdict(number, failure));
		request.headers().set(HEADER, number);
	}

	/**
	 * The failure of a request, once.
	 * @return {@code null} when there is none
	 */
	public static @Nullable BffException take(ServerHttpRequest request) {
		if (!request.getHeaders().containsHeader(HEADER)
				|| !(ServerHttpRequestDecorator.getNativeRequest(request) instanceof Connection connection)) {
			return null;
		}
		Attribute<@Nullable Verdict> attribute = connection.channel().attr(KEY);
		Verdict verdict = attribute.get();
		if (verdict == null || !verdict.number.equals(request.getHeaders().getFirst(HEADER))) {
			return null;
		}
		attribute.set(null);
		return verdict.failure;
	}

}
