package dev.pergola.bff.accesslog;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.util.internal.PlatformDependent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries on a thread of its own. Whoever has an entry puts it into a queue
 * without a lock and goes on; when the queue is full the entry is left out and counted.
 */
public final class AccessLog implements MeterBinder, AutoCloseable {

	/** Logger the lines go to. */
	public static final String LOGGER = "pergola.access";

	private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

	private static final long IDLE_NANOS = Duration.ofMillis(20).toNanos();

	private final AccessLine line;

	private final Consumer<String> target;

	private final Queue<AccessEntry> queue;

	private final LongAdder dropped = new LongAdder();

	private final Thread writer;

	private volatile boolean closed;

	/** A log that writes to logger {@value #LOGGER}. */
	public AccessLog(AccessLogProperties properties) {
		this(properties, LoggerFactory.getLogger(LOGGER)::info);
		AccessConsole.attach();
	}

	AccessLog(AccessLogProperties properties, Consumer<String> target) {
		this.line = new AccessLine(properties);
		this.target = target;
		this.queue = PlatformDependent.newFixedMpscQueue(Math.max(2, properties.queue()));
		this.writer = Thread.ofPlatform().name("pergola-access-log").daemon().start(this::run);
	}

	/** Has an entry written; never waits. */
	public void add(AccessEntry entry) {
		if (this.closed || !this.queue.offer(entry)) {
			this.dropped.increment();
		}
	}

	/** Entries that were left out. */
	public long dropped() {
		return this.dropped.sum();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("pergola.bff.access.log.dropped", this.dropped, LongAdder::sum)
			.description("Lines that were left out of the access log")
			.register(registry);
	}

	/** Writes what is left, for as long as that is soon done. */
	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		LockSupport.unpark(this.writer);
		this.writer.join(Duration.ofSeconds(2));
	}

	private void run() {
		while (true) {
			AccessEntry entry = this.queue.poll();
			if (entry != null) {
				write(entry);
			}
			else if (this.closed) {
				return;
			}
			else {
				LockSupport.parkNanos(this, IDLE_NANOS);
			}
		}
	}

	private void write(AccessEntry entry) {
		try {
			this.target.accept(this.line.write(entry));
		}
		catch (RuntimeException ex) {
			this.dropped.increment();
			log.warn("access log: line lost because={}", ex.toString());
		}
	}

}
