package dev.pergola.bff.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.ProblemHandler;
import dev.pergola.bff.problem.Trace;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** The last answer on a connection: a problem, then the end. */
final class Answer {

	private static final String BODY = """
			{"type":"/problems/%s","title":"%s","status":%d,"detail":"%s","traceId":"%s"}""";

	private Answer() {
	}

	static FullHttpResponse of(Refusal refusal, Map<String, String> always) {
		Failure failure = refusal.failure();
		HttpResponseStatus status = HttpResponseStatus.valueOf(ProblemHandler.status(failure).value());
		String body = BODY.formatted(failure.type(), status.reasonPhrase(), status.code(), refusal.detail(),
				Trace.read(null, null).traceId());
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status,
				Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
		always.forEach((name, value) -> response.headers().set(name, value));
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
			.set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		return response;
	}

}
