package dev.pergola.session.logout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * Used logout tokens in the memory of this process. When there are too many, none is
 * taken.
 */
public class InMemoryUsedTokens implements UsedTokens {

	private static final int REMEMBERED = 10_000;

	private final Map<String, Instant> used = new LinkedHashMap<>();

	private final Clock clock;

	/**
	 * Creates an empty memory.
	 * @param clock clock that says what may be forgotten
	 */
	public InMemoryUsedTokens(Clock clock) {
		this.clock = clock;
	}

	@Override
	public Mono<Boolean> isUsed(String id) {
		return Mono.fromSupplier(() -> isRemembered(id));
	}

	@Override
	public Mono<Void> use(String id, Duration time) {
		return Mono.fromRunnable(() -> remember(id, time));
	}

	private synchronized boolean isRemembered(String id) {
		Instant now = Instant.now(this.clock);
		this.used.values().removeIf((until) -> until.isBefore(now));
		return this.used.size() >= REMEMBERED || this.used.containsKey(id);
	}

	private synchronized void remember(String id, Duration time) {
		this.used.put(id, Instant.now(this.clock).plus(time));
	}

}
