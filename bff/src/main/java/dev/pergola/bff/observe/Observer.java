package dev.pergola.bff.observe;

import dev.pergola.bff.accesslog.AccessLog;
import dev.pergola.bff.metrics.CallMeters;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.RouteKind;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.trace.Tracing;
import org.jspecify.annotations.Nullable;

/** Begins the watch over a request; knows nothing of who serves it. */
public final class Observer {

	private final Calls calls;

	private final Tracing tracing;

	private final @Nullable AccessLog log;

	/**
	 * An observer.
	 * @param log {@code null} for no access log
	 */
	public Observer(Calls calls, Tracing tracing, @Nullable AccessLog log) {
		this.calls = calls;
		this.tracing = tracing;
		this.log = log;
	}

	/** A request whose route is not known yet. */
	public Call begin(Arrival arrival) {
		RouteKind kind = RouteKind.of(arrival.path());
		return begin(this.calls.find(kind.module(arrival.path()), kind), arrival);
	}

	/** A request of a route; the {@link Call} has to be ended. */
	public Call begin(CallMeters meters, Arrival arrival) {
		meters.begin();
		return new Call(this.calls, meters, arrival, trace(meters, arrival), this.log);
	}

	private Trace trace(CallMeters meters, Arrival arrival) {
		Trace trace = Trace.read(arrival.traceparent(), arrival.tracestate());
		if (!this.tracing.isOn()) {
			return trace;
		}
		Tracing.Step step = new Tracing.Step(method(arrival.method()), meters.kind().prefix(), meters.module(),
				meters.team());
		return trace.decided(this.tracing.begin(step, trace.traceId(), trace.parentId(), trace.sampled()));
	}

	// Whatever a client writes in its place is no name of a span.
	private static String method(String method) {
		return switch (method) {
			case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
			default -> "OTHER";
		};
	}

}
