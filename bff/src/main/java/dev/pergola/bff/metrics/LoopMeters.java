package dev.pergola.bff.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * How the event loops are: tasks that wait, how late a task runs that is due, and memory
 * outside the heap. Only looks when it is asked, but for one task a second and loop.
 */
public final class LoopMeters implements MeterBinder, AutoCloseable {

	private final Duration probe;

	private final List<ScheduledFuture<?>> probes = new ArrayList<>();

	public LoopMeters(MetricsProperties properties) {
		this.probe = properties.loopProbe();
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		EventLoopGroup loops = HttpResources.get().onServer(LoopResources.DEFAULT_NATIVE);
		new NettyEventExecutorMetrics(loops).bindTo(registry);
		if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
			new NettyAllocatorMetrics(allocator).bindTo(registry);
		}
		if (this.probe.isPositive()) {
			Timer lag = Timer.builder("pergola.bff.loop.lag")
				.description("How late an event loop runs what is due")
				.register(registry);
			loops.forEach((loop) -> this.probes.add(probe(loop, lag)));
		}
	}

	@Override
	public synchronized void close() {
		this.probes.forEach((probe) -> probe.cancel(false));
		this.probes.clear();
	}

	private ScheduledFuture<?> probe(EventExecutor loop, Timer lag) {
		long period = this.probe.toNanos();
		long[] due = { System.nanoTime() + period };
		return loop.scheduleWithFixedDelay(() -> {
			long now = System.nanoTime();
			lag.record(Math.max(0, now - due[0]), TimeUnit.NANOSECONDS);
			due[0] = now + period;
		}, period, period, TimeUnit.NANOSECONDS);
	}

}
