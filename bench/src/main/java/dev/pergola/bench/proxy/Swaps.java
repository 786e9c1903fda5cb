package dev.pergola.bench.proxy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bench.Portal;
import dev.pergola.bench.registry.Api;
import dev.pergola.bench.registry.Bundle;

/** Rolls one module back and forth. */
final class Swaps implements AutoCloseable {

	private static final String MODULE = "bench-swap";

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger count = new AtomicInteger();

	Swaps(Api registry, Duration interval) throws Exception {
		for (String version : new String[] { "1.0.0", "2.0.0" }) {
			Portal.publish(registry, MODULE, version, Bundle.of(MODULE, version, ""));
		}
		this.executor.scheduleAtFixedRate(() -> swap(registry), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	int count() {
		return this.count.get();
	}

	private void swap(Api registry) {
		String version = (this.count.get() % 2 == 0) ? "1.0.0" : "2.0.0";
		try {
			registry.put("/modules/%s/channels/stable".formatted(MODULE),
					"{\"rollout\": [{\"version\": \"%s\", \"share\": 100}]}".formatted(version));
			this.count.incrementAndGet();
		}
		catch (Exception ex) {
			System.out.println("swap: " + ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
