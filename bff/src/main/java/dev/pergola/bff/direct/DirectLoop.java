package dev.pergola.bff.direct;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What calls on one event loop share. Not thread-safe: all of it runs on the loop.
 */
final class DirectLoop {

	private static final Logger log = LoggerFactory.getLogger(DirectLoop.class);

	private final LoopPools pools;

	private final CallParts parts;

	private final LongAdder taken;

	private final List<DirectExchange> exchanges = new ArrayList<>();

	private boolean stopping;

	/** Answers that are written, and not sent to their end. */
	private int closing;

	private @Nullable Runnable whenDone;

	/**
	 * Creates a loop without calls.
	 * @param taken counts the calls of all loops
	 */
	DirectLoop(LoopPools pools, CallParts parts, LongAdder taken) {
		this.pools = pools;
		this.parts = parts;
		this.taken = taken;
	}

	LoopPools pools() {
		return this.pools;
	}

	CallParts parts() {
		return this.parts;
	}

	void add(DirectExchange exchange) {
		this.taken.increment();
		exchange.place(this.exchanges.size());
		this.exchanges.add(exchange);
	}

	/** The last one takes the place of the one that goes. */
	void remove(DirectExchange exchange) {
		int place = exchange.place();
		if (place < 0) {
			return;
		}
		DirectExchange last = this.exchanges.removeLast();
		if (last != exchange) {
			this.exchanges.set(place, last);
			last.place(place);
		}
		exchange.place(-1);
		look();
	}

	/** Whether no call is taken any more. */
	boolean isStopping() {
		return this.stopping;
	}

	/**
	 * Takes no more calls. Those that are open go on, but for streams.
	 * @param done is run when they are over, and what they wrote is sent
	 */
	void stop(Runnable done) {
		this.stopping = true;
		this.whenDone = done;
		look();
	}

	/**
	 * An answer is whole, and its connection closes.
	 * @param sent done when all of it is sent
	 */
	void closing(ChannelFuture sent) {
		this.closing++;
		sent.addListener((done) -> {
			this.closing--;
			look();
		});
	}

	private void look() {
		Runnable done = this.whenDone;
		if (done != null && this.exchanges.isEmpty() && this.closing == 0) {
			this.whenDone = null;
			done.run();
		}
	}

	/**
	 * Looks at the time, for all calls at once: a timer for each would cost more. Nothing
	 * is thrown, as the clock would stand still from then on.
	 */
	void tick() {
		long now = System.nanoTime();
		// From the end, as those that are over leave the list.
		for (int i = this.exchanges.size() - 1; i >= 0; i--) {
			if (i < this.exchanges.size()) {
				look(this.exchanges.get(i), now);
			}
		}
		try {
			this.pools.sweep(now);
		}
		catch (RuntimeException ex) {
			log.error("unused connections to upstreams not closed", ex);
		}
	}

	private static void look(DirectExchange exchange, long now) {
		try {
			exchange.onTick(now);
		}
		catch (RuntimeException ex) {
			log.error("call cut off, as its time could not be looked at: module={}", exchange.module(), ex);
			exchange.onBroken();
		}
	}

}
