package dev.pergola.bff.direct;

import java.util.Iterator;
import java.util.Map;

import dev.pergola.bff.filter.PathStrictness;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.resilience.AnswerKind;
import dev.pergola.bff.routing.ModuleRoute;
import dev.pergola.bff.routing.ModuleRoutes;
import dev.pergola.session.KnownSession;
import dev.pergola.session.KnownSessions;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Tells the calls that may go directly: a person's, with nothing about them that anyone
 * would have to think about. What is refused, renewed, upgraded, streamed or read in two
 * ways is not for here to judge: it takes the long way, which knows what to say.
 */
final class DirectRules {

	private static final AsciiString PERGOLA = AsciiString.cached("x-pergola");

	private static final AsciiString TRACEPARENT = AsciiString.cached(Trace.HEADER);

	private static final AsciiString TRACESTATE = AsciiString.cached(Trace.STATE);

	private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");

	private final ModuleRoutes routes;

	private final KnownSessions sessions;

	private final String cookie;

	/**
	 * Creates the rules.
	 * @param cookie name of the session cookie
	 */
	DirectRules(ModuleRoutes routes, KnownSessions sessions, String cookie) {
		this.routes = routes;
		this.sessions = sessions;
		this.cookie = cookie;
	}

	/**
	 * The call a request asks for.
	 * @return {@code null} when the request takes the long way
	 */
	@Nullable DirectCall match(HttpRequest request) {
		if (!isPlain(request)) {
			return null;
		}
		Heads heads = new Heads();
		if (!heads.read(request)) {
			return null;
		}
		String uri = request.uri();
		int query = uri.indexOf('?');
		String path = (query < 0) ? uri : uri.substring(0, query);
		if (!RequestTarget.isValid(uri) || !PathStrictness.isPlain(path)) {
			return null;
		}
		ModuleRoute route = this.routes.find(path);
		String sessionId = SessionId.of(heads.cookies, this.cookie);
		if (route == null || sessionId == null || !route.rules().methods().contains(request.method().name())) {
			return null;
		}
		KnownSession session = this.sessions.find(sessionId);
		return (session != null) ? new DirectCall(route, session, sessionId, heads.stream,
				route.target(uri, path.length()), path, heads.host, heads.traceparent, heads.tracestate) : null;
	}

	private static boolean isPlain(HttpRequest request) {
		return request.decoderResult().isSuccess() && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
				&& (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method()))
				&& request.uri().startsWith("/api/");
	}

	/** The headers that decide, read in one pass. */
	private static final class Heads {

		private String host = "";

		private String cookies = "";

		private @Nullable String traceparent;

		private @Nullable String tracestate;

		private boolean pergola;

		private boolean stream;

		/** Whether none of the headers asks for more than a plain call. */
		boolean read(HttpRequest request) {
			Iterator<Map.Entry<CharSequence, CharSequence>> all = request.headers().iteratorCharSequence();
			while (all.hasNext()) {
				Map.Entry<CharSequence, CharSequence> header = all.next();
				if (!accept(header.getKey(), header.getValue().toString())) {
					return false;
				}
			}
			return this.pergola && !this.host.isEmpty() && !this.cookies.isEmpty();
		}

		// By length first: most headers are none of these, and need no comparison.
		private boolean accept(CharSequence name, String value) {
			return switch (name.length()) {
				case 2 -> !is(name, HttpHeaderNames.TE);
				case 4 -> !is(name, HttpHeaderNames.HOST) || host(value);
				case 6 -> sixLetters(name, value);
				case 7 -> !is(name, HttpHeaderNames.UPGRADE) && !is(name, HttpHeaderNames.TRAILER);
				case 9 -> !is(name, PERGOLA) || pergola(value);
				case 10 -> tenLetters(name, value);
				case 11 -> !is(name, TRACEPARENT) || trace(value);
				case 13 -> !is(name, HttpHeaderNames.AUTHORIZATION);
				case 14 ->
					!is(name, HTTP2_SETTINGS) && (!is(name, HttpHeaderNames.CONTENT_LENGTH) || value.equals("0"));
				case 17 -> !is(name, HttpHeaderNames.TRANSFER_ENCODING);
				default -> true;
			};
		}

		private static boolean is(CharSequence name, AsciiString other) {
			return other.contentEqualsIgnoreCase(name);
		}

		private boolean sixLetters(CharSequence name, String value) {
			if (is(name, HttpHeaderNames.COOKIE)) {
				boolean first = this.cookies.isEmpty();
				this.cookies = value;
				return first;
			}
			if (is(name, HttpHeaderNames.ACCEPT)) {
				this.stream |= AnswerKind.isAskedFor(value);
			}
			return !is(name, HttpHeaderNames.EXPECT);
		}

		private boolean tenLetters(CharSequence name, String value) {
			if (is(name, TRACESTATE)) {
				boolean first = this.tracestate == null;
				this.tracestate = value;
				return first;
			}
			return !is(name, HttpHeaderNames.CONNECTION) || value.equalsIgnoreCase("keep-alive")
					|| value.equalsIgnoreCase("close");
		}

		private boolean host(String value) {
			boolean first = this.host.isEmpty();
			this.host = value;
			return first;
		}

		private boolean pergola(String value) {
			this.pergola = value.equals("1");
			return this.pergola;
		}

		private boolean trace(String value) {
			boolean first = this.traceparent == null;
			this.traceparent = value;
			return first;
		}

	}

}
