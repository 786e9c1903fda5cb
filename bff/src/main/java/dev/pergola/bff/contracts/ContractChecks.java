package dev.pergola.bff.contracts;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/**
 * Looks at calls beside the event loops, and counts what was found: how long it takes is
 * up to what a team wrote and somebody sent.
 */
final class ContractChecks implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(ContractChecks.class);

	private static final long SECOND = 1_000_000_000L;

	private final MeterRegistry registry;

	private final Scheduler scheduler;

	private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - SECOND);

	ContractChecks(ContractProperties properties, MeterRegistry registry) {
		this.registry = registry;
		this.scheduler = Schedulers.newBoundedElastic(Runtime.getRuntime().availableProcessors(),
				Math.max(1, properties.maxWaiting()), "pergola-contracts", 60, true);
	}

	@Override
	public void destroy() {
		this.scheduler.dispose();
	}

	/**
	 * Looks at one side of a call.
	 * @return what is wrong; empty also when there is too much to look at
	 */
	Mono<List<Violation>> check(String module, Side side, Callable<List<Violation>> check) {
		return Mono.fromCallable(() -> look(check))
			.subscribeOn(this.scheduler)
			.doOnNext((violations) -> found(module, side, violations))
			.onErrorResume((ex) -> {
				boolean isFull = ex instanceof RejectedExecutionException;
				if (!isFull) {
					log.warn("contract not checked: module={} side={} because={}", module, side.label(), ex.toString());
				}
				count(module, side, "skipped");
				return Mono.just(List.of());
			});
	}

	private static List<Violation> look(Callable<List<Violation>> check) throws Exception {
		try {
			return check.call();
		}
		catch (StackOverflowError ex) {
			// Reactor takes it for the end of the process, and the call would wait for
			// good.
			throw new IllegalStateException("has no end, or is nested too deep");
		}
	}

	/** Something could not be looked at, or nobody said what it should be like. */
	void count(String module, Side side, String result) {
		Counter.builder("pergola.bff.contracts")
			.description("Calls held against the descriptions of services")
			.tag("module", module)
			.tag("side", side.label())
			.tag("result", result)
			.register(this.registry)
			.increment();
	}

	private void found(String module, Side side, List<Violation> violations) {
		count(module, side, violations.isEmpty() ? "valid" : "violation");
		long now = System.nanoTime();
		long before = this.loggedAt.get();
		// A few are enough to see what is wrong.
		if (!violations.isEmpty() && now - before >= SECOND && this.loggedAt.compareAndSet(before, now)) {
			Violation first = violations.getFirst();
			log.info("contract violated: module={} side={} in={} pointer={} violations={}", module, side.label(),
					first.in(), first.pointer(), violations.size());
		}
	}

	/** Whose doing it is. */
	enum Side {

		/** The caller's. */
		REQUEST("request"),
		/** The service's. */
		RESPONSE("response");

		private final String label;

		Side(String label) {
			this.label = label;
		}

		String label() {
			return this.label;
		}

	}

}
