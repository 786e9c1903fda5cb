package dev.pergola.bff.observe;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.bff.accesslog.AccessEntry;
import dev.pergola.bff.accesslog.AccessLog;
import dev.pergola.bff.metrics.CallMeters;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.Outcome;
import dev.pergola.bff.metrics.RouteKind;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.trace.TraceSpan;
import dev.pergola.manifests.Version;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * A request under watch. One part after another says what it knows; the end turns it into
 * numbers, a line of the access log and a span.
 */
public final class Call {

	private static final String ATTRIBUTE = Call.class.getName();

	private final Calls calls;

	private final CallMeters meters;

	private final Arrival arrival;

	private final Trace trace;

	private final @Nullable AccessLog log;

	private final long begin = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private long upstreamNanos = -1;

	private long bytesIn;

	private long bytesOut;

	private @Nullable String subject;

	private @Nullable String client;

	private @Nullable Throwable broken;

	private @Nullable Map<String, Object> attributes;

	private final AtomicReference<@Nullable Remainder> remainder = new AtomicReference<>();

	private volatile boolean over;

	Call(Calls calls, CallMeters meters, Arrival arrival, Trace trace, @Nullable AccessLog log) {
		this.calls = calls;
		this.meters = meters;
		this.arrival = arrival;
		this.trace = trace;
		this.log = log;
	}

	/** The watch over a request, {@code null} when there is none. */
	public static @Nullable Call of(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	/** Trace of the request, with its span when it is recorded. */
	public Trace trace() {
		return this.trace;
	}

	/**
	 * The upstream began to answer.
	 * @param nanos since it was called
	 */
	public void upstream(long nanos) {
		this.upstreamNanos = nanos;
		this.meters.upstream(nanos);
	}

	/** More of the request's body came. */
	public void received(int bytes) {
		this.bytesIn += bytes;
	}

	/** More of the answer's body went. */
	public void sent(int bytes) {
		this.bytesOut += bytes;
	}

	/**
	 * Who calls.
	 * @param name as the identity provider names them
	 * @param program that calls for them
	 */
	public void caller(String name, String program) {
		this.subject = name;
		this.client = program;
	}

	/**
	 * The request was answered.
	 * @param status of HTTP
	 * @param problem type of the problem, when it was answered with one of ours
	 */
	public void end(int status, @Nullable String problem) {
		end(status, Outcome.of(status, problem), problem);
	}

	/** The request is over; a second end is none. */
	public void end(int status, Outcome outcome, @Nullable String problem) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		long nanos = System.nanoTime() - this.begin;
		this.meters.record(status, outcome, nanos, this.bytesIn, this.bytesOut);
		if (problem != null && outcome == Outcome.REFUSED) {
			this.calls.refused(problem);
		}
		TraceSpan span = this.trace.span();
		if (span != null) {
			span.end(status, error(outcome, problem));
		}
		if (this.log != null) {
			this.log.add(entry(status, outcome, problem, nanos));
		}
	}

	/** Somebody else watches over the request from here; this watch never was. */
	public void leave() {
		if (this.ended.compareAndSet(false, true)) {
			this.meters.leave();
		}
	}

	/**
	 * Leaves a part of the answer to be sent when the handlers of the request are done;
	 * they have said status and headers by then.
	 */
	public void sendLater(Remainder rest) {
		this.remainder.set(rest);
		if (this.over) {
			dropRemainder();
		}
	}

	/** What is left to be sent, {@code null} for nothing. */
	@Nullable Remainder takeRemainder() {
		return this.remainder.getAndSet(null);
	}

	/** Sends nothing of what is left, or will be. */
	void dropRemainder() {
		this.over = true;
		Remainder rest = takeRemainder();
		if (rest != null) {
			rest.drop();
		}
	}

	/** Lets go of what the parts told each other. */
	void forget() {
		this.attributes = null;
	}

	/** The answer broke off after it had begun. */
	void broken(Throwable cause) {
		this.broken = cause;
	}

	/** What broke the answer, {@code null} for nothing. */
	@Nullable Throwable broken() {
		return this.broken;
	}

	/** Makes this the watch over an exchange. */
	void attach(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
		this.trace.keep(exchange);
		this.attributes = exchange.getAttributes();
	}

	/**
	 * What the parts told each other, {@code null} where the request never came there.
	 */
	@Nullable Map<String, Object> attributes() {
		return this.attributes;
	}

	private static @Nullable String error(Outcome outcome, @Nullable String problem) {
		return switch (outcome) {
			case OK, CLIENT_ERROR, REFUSED, CANCELLED -> null;
			case UPSTREAM_ERROR, TIMEOUT, FAILED -> (problem != null) ? problem : outcome.label();
		};
	}

	private AccessEntry entry(int status, Outcome outcome, @Nullable String problem, long nanos) {
		return new AccessEntry(Instant.now().minusNanos(nanos), this.trace.traceId(), this.arrival.method(),
				this.arrival.path(), status, this.meters.kind(), this.meters.module(), this.meters.team(), version(),
				nanos, this.upstreamNanos, this.bytesIn, this.bytesOut, this.subject, this.client, this.arrival.peer(),
				this.arrival.protocol(), outcome, problem);
	}

	// Files are the one kind whose path names the version.
	private @Nullable String version() {
		if (this.meters.kind() != RouteKind.FILES || this.meters.module().equals(Calls.NONE)) {
			return null;
		}
		String path = this.arrival.path();
		int from = RouteKind.FILES.prefix().length() + this.meters.module().length() + 1;
		int to = path.indexOf('/', from);
		return (to > from && Version.isValid(path.substring(from, to))) ? path.substring(from, to) : null;
	}

}
