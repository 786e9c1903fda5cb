package dev.pergola.bff.direct;

import java.util.Iterator;
import java.util.Map;

import dev.pergola.bff.compression.EntityTags;
import dev.pergola.bff.filter.Hygiene;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.resilience.Permit;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** The request an upstream gets: a head, and no body. */
final class RequestHead {

	/** What came in was checked when it was read. */
	private static final DefaultHttpHeadersFactory HEADERS = DefaultHttpHeadersFactory.headersFactory()
		.withValidation(false);

	private static final AsciiString PREFIX = AsciiString.cached("x-forwarded-prefix");

	private static final AsciiString DEADLINE = AsciiString.cached(Permit.DEADLINE);

	private static final AsciiString TRACE = AsciiString.cached(Trace.HEADER);

	private static final AsciiString TRACESTATE = AsciiString.cached(Trace.STATE);

	private RequestHead() {
	}

	/**
	 * Makes the request: in one piece, which is written in one.
	 * @param millisLeft time until the answer has to begin
	 * @param authorization value of the header with the person's access token
	 * @param traceparent value of the header for this call
	 * @param tracestate value of the header, {@code null} for none
	 */
	static HttpRequest of(HttpRequest request, DirectCall call, Peer peer, long millisLeft, AsciiString authorization,
			String traceparent, @Nullable String tracestate) {
		HttpHeaders headers = HEADERS.newHeaders();
		Iterator<Map.Entry<CharSequence, CharSequence>> all = request.headers().iteratorCharSequence();
		while (all.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = all.next();
			if (Hygiene.passesUp(header.getKey())) {
				headers.add(header.getKey(), Ascii.of(value(header.getKey(), header.getValue())));
			}
		}
		headers.set(HttpHeaderNames.HOST, call.route().host());
		peer.forward(headers, call.host());
		headers.set(PREFIX, call.route().prefixValue());
		headers.set(DEADLINE, Long.toString(millisLeft));
		headers.set(TRACE, Ascii.of(traceparent));
		if (tracestate != null) {
			headers.set(TRACESTATE, Ascii.of(tracestate));
		}
		headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
		return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, request.method(), call.uri(), Unpooled.EMPTY_BUFFER,
				headers, EmptyHttpHeaders.INSTANCE);
	}

	private static CharSequence value(CharSequence name, CharSequence value) {
		boolean isTags = HttpHeaderNames.IF_NONE_MATCH.contentEqualsIgnoreCase(name)
				|| HttpHeaderNames.IF_MATCH.contentEqualsIgnoreCase(name);
		return isTags ? EntityTags.plain(value.toString()) : value;
	}

}
