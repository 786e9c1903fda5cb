package dev.pergola.bff.direct;

import java.net.URI;
import java.util.Iterator;
import java.util.Map;

import dev.pergola.bff.filter.Hygiene;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** The head of the answer the browser gets. */
final class ResponseHead {

	private static final DefaultHttpHeadersFactory HEADERS = DefaultHttpHeadersFactory.headersFactory()
		.withValidation(false);

	private ResponseHead() {
	}

	/**
	 * Makes the head.
	 * @param always headers every response of the portal has
	 * @param close whether the connection ends with this answer
	 */
	static HttpResponse of(HttpResponse answer, URI upstream, Map<AsciiString, AsciiString> always, boolean close) {
		HttpHeaders headers = HEADERS.newHeaders();
		boolean listed = false;
		Iterator<Map.Entry<CharSequence, CharSequence>> all = answer.headers().iteratorCharSequence();
		while (all.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = all.next();
			if (Hygiene.passesDown(header.getKey())) {
				add(headers, header.getKey(), header.getValue(), upstream);
			}
			else {
				listed |= isList(header.getKey(), header.getValue());
			}
		}
		if (listed) {
			Hygiene.dropListed(headers, answer.headers().getAll(HttpHeaderNames.CONNECTION));
		}
		always.forEach((name, value) -> {
			if (!headers.contains(name)) {
				headers.set(name, value);
			}
		});
		frame(headers, answer);
		if (close) {
			headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		return new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status(), headers);
	}

	/** Whether a header names others; most answers say here that they stay or end. */
	private static boolean isList(CharSequence name, CharSequence value) {
		return HttpHeaderNames.CONNECTION.contentEqualsIgnoreCase(name)
				&& !HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(value)
				&& !HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(value);
	}

	private static void add(HttpHeaders headers, CharSequence name, CharSequence value, URI upstream) {
		switch (name.length()) {
			case 8 -> addLocal(headers, name, value, upstream, HttpHeaderNames.LOCATION);
			case 16 -> addLocal(headers, name, value, upstream, HttpHeaderNames.CONTENT_LOCATION);
			case 13 -> headers.add(name, Ascii.of(HttpHeaderNames.CACHE_CONTROL.contentEqualsIgnoreCase(name)
					? Hygiene.keptPrivate(value.toString()) : value));
			default -> headers.add(name, Ascii.of(value));
		}
	}

	private static void addLocal(HttpHeaders headers, CharSequence name, CharSequence value, URI upstream,
			AsciiString address) {
		if (!address.contentEqualsIgnoreCase(name)) {
			headers.add(name, Ascii.of(value));
			return;
		}
		String local = Hygiene.local(value.toString(), upstream);
		if (local != null) {
			headers.add(name, Ascii.of(local));
		}
	}

	/** A body whose end the upstream shows by closing is sent in chunks. */
	private static void frame(HttpHeaders headers, HttpResponse answer) {
		HttpResponseStatus status = answer.status();
		boolean withoutBody = status.equals(HttpResponseStatus.NO_CONTENT)
				|| status.equals(HttpResponseStatus.NOT_MODIFIED);
		if (!withoutBody && !HttpUtil.isContentLengthSet(answer)) {
			headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
	}

}
