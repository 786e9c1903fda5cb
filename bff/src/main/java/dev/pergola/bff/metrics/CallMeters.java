package dev.pergola.bff.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters of one module's calls of one kind. To record is to find a timer in an array: no
 * tag is made and no meter looked up, except for an outcome that is the first of its
 * kind.
 */
public final class CallMeters {

	private static final int OUTCOMES = Outcome.values().length;

	private static final String[] STATUSES = { "none", "1xx", "2xx", "3xx", "4xx", "5xx" };

	private final MeterRegistry registry;

	private final MetricsProperties properties;

	private final String module;

	private final RouteKind kind;

	private final LongAdder active = new LongAdder();

	private volatile OfTeam meters;

	CallMeters(MeterRegistry registry, MetricsProperties properties, String module, String team, RouteKind kind) {
		this.registry = registry;
		this.properties = properties;
		this.module = module;
		this.kind = kind;
		this.meters = new OfTeam(team);
	}

	/** Name of the module, or {@code none}. */
	public String module() {
		return this.module;
	}

	/** Team of the module, or {@code none}. */
	public String team() {
		return this.meters.team;
	}

	/** Kind of the calls. */
	public RouteKind kind() {
		return this.kind;
	}

	/** A call begins; {@link #record} follows, whatever happens. */
	public void begin() {
		this.active.increment();
	}

	/** A call goes on under another watch: it is not recorded here. */
	public void leave() {
		this.active.decrement();
	}

	/** An upstream began to answer after this time. */
	public void upstream(long nanos) {
		this.meters.upstream.record(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * A call is over.
	 * @param status of HTTP, 0 where none was sent
	 * @param bytesIn size of the request's body
	 * @param bytesOut size of the answer's body
	 */
	public void record(int status, Outcome outcome, long nanos, long bytesIn, long bytesOut) {
		this.active.decrement();
		OfTeam now = this.meters;
		now.received.add(bytesIn);
		now.sent.add(bytesOut);
		now.timer(status, outcome).record(nanos, TimeUnit.NANOSECONDS);
	}

	/** Whoever has the module now is whom calls are counted for. */
	void setTeam(String team) {
		OfTeam before = this.meters;
		if (!before.team.equals(team)) {
			before.close();
			this.meters = new OfTeam(team);
		}
	}

	/** Takes the meters away; what is still recorded is lost. */
	void close() {
		this.meters.close();
	}

	private final class OfTeam {

		private final String team;

		private final Tags tags;

		private final LongAdder received = new LongAdder();

		private final LongAdder sent = new LongAdder();

		private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(
				OUTCOMES * STATUSES.length);

		private final List<Meter> registered = new ArrayList<>();

		private final Timer upstream;

		private boolean closed;

		OfTeam(String team) {
			this.team = team;
			this.tags = Tags.of("module", CallMeters.this.module, "team", team, "kind", CallMeters.this.kind.label());
			this.registered.add(Gauge.builder("pergola.bff.calls.active", CallMeters.this.active, LongAdder::sum)
				.description("Calls that are not answered yet")
				.tags(this.tags)
				.register(CallMeters.this.registry));
			this.registered.add(FunctionCounter.builder("pergola.bff.calls.received", this.received, LongAdder::sum)
				.description("Bodies of requests")
				.baseUnit("bytes")
				.tags(this.tags)
				.register(CallMeters.this.registry));
			this.registered.add(FunctionCounter.builder("pergola.bff.calls.sent", this.sent, LongAdder::sum)
				.description("Bodies of answers")
				.baseUnit("bytes")
				.tags(this.tags)
				.register(CallMeters.this.registry));
			this.upstream = Timer.builder("pergola.bff.calls.upstream")
				.description("Time until an upstream began to answer")
				.tags(this.tags)
				.register(CallMeters.this.registry);
			this.registered.add(this.upstream);
		}

		Timer timer(int status, Outcome outcome) {
			int statusClass = (status < 100 || status > 599) ? 0 : status / 100;
			int place = statusClass * OUTCOMES + outcome.ordinal();
			Timer timer = this.timers.get(place);
			return (timer != null) ? timer : create(place, statusClass, outcome);
		}

		private synchronized Timer create(int place, int statusClass, Outcome outcome) {
			Timer there = this.timers.get(place);
			if (there != null) {
				return there;
			}
			if (this.closed) {
				// Nobody reads this one any more.
				return this.upstream;
			}
			Timer.Builder builder = Timer.builder("pergola.bff.calls")
				.description("Calls, from their arrival to the end of the answer")
				.tags(this.tags.and(Tag.of("outcome", outcome.label()), Tag.of("status", STATUSES[statusClass])));
			if (CallMeters.this.properties.histogram()) {
				builder.serviceLevelObjectives(CallMeters.this.properties.buckets().toArray(Duration[]::new));
			}
			Timer timer = builder.register(CallMeters.this.registry);
			this.registered.add(timer);
			this.timers.set(place, timer);
			return timer;
		}

		synchronized void close() {
			this.closed = true;
			this.registered.forEach(CallMeters.this.registry::remove);
		}

	}

}
