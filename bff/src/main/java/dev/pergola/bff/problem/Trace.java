package dev.pergola.bff.problem;

import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import dev.pergola.bff.trace.TraceSpan;
import dev.pergola.bff.trace.UnrecordedSpan;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Trace of a request as W3C Trace Context says: the client's, or a new one.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param parentId span of the client, 16 such digits; {@code null} for a new trace
 * @param sampled whether it is recorded, as far as is known
 * @param state the client's {@code tracestate}, passed on as it is
 * @param span the request's own span, {@code null} when none is recorded here
 */
public record Trace(String traceId, @Nullable String parentId, boolean sampled, @Nullable String state,
		@Nullable TraceSpan span) {

	/** Header that carries the trace. */
	public static final String HEADER = "traceparent";

	/** Header that carries what vendors add to it. */
	public static final String STATE = "tracestate";

	private static final String ATTRIBUTE = Trace.class.getName();

	private static final int LENGTH = 55;

	private static final int MAX_STATE = 512;

	/** A trace that begins here. */
	public Trace(String traceId, boolean sampled) {
		this(traceId, null, sampled, null, null);
	}

	/** The trace of a request, the same however often it is asked for. */
	public static Trace of(ServerWebExchange exchange) {
		return (Trace) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, (key) -> {
			HttpHeaders headers = exchange.getRequest().getHeaders();
			return read(headers.getFirst(HEADER), headers.getFirst(STATE));
		});
	}

	/**
	 * The trace of two headers; a new one, and without a state, when the first is not as
	 * it should be.
	 * @param parent value of {@link #HEADER}
	 * @param state value of {@link #STATE}
	 */
	public static Trace read(@Nullable String parent, @Nullable String state) {
		if (parent == null || !isWellFormed(parent)) {
			return new Trace(random(16), false);
		}
		boolean sampled = (Character.digit(parent.charAt(LENGTH - 1), 16) & 1) == 1;
		return new Trace(parent.substring(3, 35), parent.substring(36, 52), sampled, plain(state), null);
	}

	/** Makes this the trace of a request. */
	public void keep(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

	/**
	 * The same with what was decided here.
	 * @param own the request's span, {@code null} when it is not recorded
	 */
	public Trace decided(@Nullable TraceSpan own) {
		return new Trace((own != null) ? own.traceId() : this.traceId, this.parentId, own != null, this.state, own);
	}

	/** Value of {@link #HEADER} for a call made because of this request. */
	public String parent() {
		return (this.span != null) ? this.span.header()
				: "00-" + this.traceId + "-" + random(8) + "-" + (this.sampled ? "01" : "00");
	}

	/**
	 * A call made because of this request: its {@link TraceSpan#header()} goes with it.
	 * @param method of HTTP
	 * @param module whose upstream is called
	 */
	public TraceSpan call(String method, String module) {
		return (this.span != null) ? this.span.call(method, module) : new UnrecordedSpan(this.traceId, parent());
	}

	// A later version may add something after another hyphen.
	private static boolean isWellFormed(String parent) {
		boolean isShaped = (parent.length() == LENGTH)
				|| (parent.length() > LENGTH && !parent.startsWith("00") && parent.charAt(LENGTH) == '-');
		return isShaped && parent.charAt(2) == '-' && parent.charAt(35) == '-' && parent.charAt(52) == '-'
				&& isHex(parent, 0, 2) && !parent.startsWith("ff") && isId(parent, 3, 35) && isId(parent, 36, 52)
				&& isHex(parent, 53, LENGTH);
	}

	private static boolean isId(String text, int from, int to) {
		boolean isZero = true;
		for (int i = from; i < to; i++) {
			isZero &= text.charAt(i) == '0';
		}
		return !isZero && isHex(text, from, to);
	}

	private static boolean isHex(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String plain(@Nullable String state) {
		boolean isPlain = Objects.requireNonNullElse(state, "").chars().allMatch((c) -> c >= ' ' && c < 127);
		return (state != null && isPlain && !state.isBlank() && state.length() <= MAX_STATE) ? state : null;
	}

	private static String random(int bytes) {
		byte[] value = new byte[bytes];
		ThreadLocalRandom.current().nextBytes(value);
		value[0] |= 1;
		return HexFormat.of().formatHex(value);
	}

}
