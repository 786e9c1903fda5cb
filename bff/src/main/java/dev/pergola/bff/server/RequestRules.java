package dev.pergola.bff.server;

import java.util.List;

import dev.pergola.bff.problem.Failure;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What a request has to be before anyone decides about it. The codec reads HTTP as RFC
 * 9112 lets a server read it; programs before and behind the bff read some of that in
 * another way, so it is refused here.
 */
final class RequestRules {

	private static final Refusal LINE = Refusal.malformed("The request line is not as it should be.");

	private static final Refusal TARGET = Refusal.malformed("The address is not a path.");

	private static final Refusal HOST = Refusal.malformed("The host is missing or cannot be read.");

	private static final Refusal CODING = Refusal.malformed("The body is coded in a way that is not known.");

	private static final Refusal LENGTH = Refusal.malformed("The length of the body is not clear.");

	private static final Refusal EXPECTATION = new Refusal(Failure.EXPECTATION_FAILED,
			"What is expected is not known here.");

	private static final String REGISTRY = "/registry/";

	private final int maxHeaders;

	private final long maxBody;

	private final long maxUpload;

	RequestRules(int maxHeaders, DataSize maxBody, DataSize maxUpload) {
		this.maxHeaders = maxHeaders;
		this.maxBody = maxBody.toBytes();
		this.maxUpload = maxUpload.toBytes();
	}

	/**
	 * The first thing that is wrong with a request of HTTP/1, {@code null} if nothing.
	 */
	@Nullable Refusal check(HttpRequest request) {
		if (!isKnown(request.protocolVersion()) || !isToken(request.method().name())) {
			return LINE;
		}
		HttpHeaders headers = request.headers();
		if (!isCoded(headers)) {
			return CODING;
		}
		Refusal common = check(request.uri(), headers, request.protocolVersion().equals(HttpVersion.HTTP_1_1));
		return (common == null && isOldWebSocket(request)) ? LENGTH : common;
	}

	/**
	 * The first thing that is wrong with a request of any version.
	 * @param needsHost whether it has to say which host it means
	 */
	@Nullable Refusal check(String target, HttpHeaders headers, boolean needsHost) {
		if (headers.size() > this.maxHeaders) {
			return Refusal.TOO_MANY_HEADERS;
		}
		if (!isHost(headers.getAll(HttpHeaderNames.HOST), needsHost)) {
			return HOST;
		}
		if (!isPath(target)) {
			return TARGET;
		}
		if (!isExpected(headers)) {
			return EXPECTATION;
		}
		return (length(headers) > limit(target)) ? Refusal.TOO_LARGE : null;
	}

	/** Bytes the body of a request may have. */
	long limit(String target) {
		return target.startsWith(REGISTRY) ? this.maxUpload : this.maxBody;
	}

	/**
	 * What the headers say the body's length is, 0 when they say nothing. The codec has
	 * made sure that it is one number.
	 */
	static long length(HttpHeaders headers) {
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		return (length != null) ? Long.parseLong(length) : 0;
	}

	private static boolean isKnown(HttpVersion version) {
		return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
	}

	/** Whether a method is a word as RFC 9110 section 5.6.2 has them. */
	static boolean isToken(String method) {
		for (int i = 0; i < method.length(); i++) {
			char c = method.charAt(i);
			if (!isLetterOrDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
				return false;
			}
		}
		return !method.isEmpty();
	}

	private static boolean isLetterOrDigit(char c) {
		return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	}

	/** In origin form, of characters that need no guessing. */
	static boolean isPath(String target) {
		for (int i = 0; i < target.length(); i++) {
			char c = target.charAt(i);
			if (c <= ' ' || c >= 127 || c == '#') {
				return false;
			}
		}
		return target.startsWith("/");
	}

	private static boolean isCoded(HttpHeaders headers) {
		return !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				|| isOnly(headers.getAll(HttpHeaderNames.TRANSFER_ENCODING), HttpHeaderValues.CHUNKED);
	}

	private static boolean isExpected(HttpHeaders headers) {
		return !headers.contains(HttpHeaderNames.EXPECT)
				|| isOnly(headers.getAll(HttpHeaderNames.EXPECT), HttpHeaderValues.CONTINUE);
	}

	private static boolean isOnly(List<String> values, AsciiString value) {
		return values.size() == 1 && value.contentEqualsIgnoreCase(values.getFirst());
	}

	private static boolean isHost(List<String> hosts, boolean needed) {
		if (hosts.isEmpty()) {
			return !needed;
		}
		return hosts.size() == 1 && isHost(hosts.getFirst());
	}

	/** Name or address and maybe a port: what becomes {@code X-Forwarded-Host}. */
	static boolean isHost(String host) {
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			if (!isLetterOrDigit(c) && "-.:[]_".indexOf(c) < 0) {
				return false;
			}
		}
		return !host.isEmpty();
	}

	// The codec takes the next eight bytes for its body, as drafts of WebSocket said.
	private static boolean isOldWebSocket(HttpRequest request) {
		HttpHeaders headers = request.headers();
		return HttpMethod.GET.equals(request.method()) && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
				&& headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY2);
	}

}
