package dev.pergola.bff.direct;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.egress.UpstreamFailures;
import dev.pergola.bff.problem.Failure;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class LoopPoolsTests {

	private static final AddressResolverGroup<InetSocketAddress> RESOLVER = DefaultAddressResolverGroup.INSTANCE;

	@Test
	@Tag("bff-7")
	void callsWithoutAConnectionAreToldThatTheUpstreamIsBusy() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			List<Future<Channel>> leases = lease(group.next(), server.getLocalPort());
			leases.forEach((lease) -> lease.awaitUninterruptibly(5, TimeUnit.SECONDS));
			assertThat(leases.get(0).isSuccess()).isTrue();
			assertThat(leases.subList(1, 3))
				.allSatisfy((lease) -> assertThat(UpstreamFailures.of("deals", lease.cause()).failure())
					.isEqualTo(Failure.UPSTREAM_BUSY));
		}
		finally {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	/** Closing a pool on its event loop must not wait for the event loop. */
	@Test
	void anUpstreamNobodyCalledForMinutesIsForgottenAndItsConnectionsAreClosed() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			EventLoop loop = group.next();
			URI upstream = URI.create("http://localhost:" + server.getLocalPort());
			LoopPools pools = new LoopPools(loop, properties(Map.of()), RESOLVER, new UpstreamTls(), 1);
			Channel channel = loop.submit(() -> pools.acquire(upstream, false, NioSocketChannel.class)).get().get();
			loop.submit(() -> pools.release(upstream, false, channel)).get();
			loop.submit(() -> pools.sweep(System.nanoTime() + TimeUnit.MINUTES.toNanos(6))).get(5, TimeUnit.SECONDS);
			assertThat(channel.closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(
					loop.submit(() -> pools.acquire(upstream, false, NioSocketChannel.class)).get().await().isSuccess())
				.isTrue();
			loop.submit(pools::close).get(5, TimeUnit.SECONDS);
		}
		finally {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	@Test
	@Tag("bff-7")
	void streamsHaveABoundOfTheirOwn() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			EventLoop loop = group.next();
			URI upstream = URI.create("http://localhost:" + server.getLocalPort());
			LoopPools pools = new LoopPools(loop, properties(Map.of("x.max-connections", 1, "x.max-stream-connections",
					2, "x.max-pending", 1, "x.pending-timeout", "20ms")), RESOLVER, new UpstreamTls(), 1);
			List<Future<Channel>> streams = loop
				.submit(() -> Stream.of(1, 2, 3)
					.map((number) -> pools.acquire(upstream, true, NioSocketChannel.class))
					.toList())
				.get();
			streams.forEach((lease) -> lease.awaitUninterruptibly(5, TimeUnit.SECONDS));
			assertThat(streams).extracting(Future::isSuccess).containsExactly(true, true, false);
		}
		finally {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	@Test
	@Tag("bff-7")
	void aConnectionThatIsGivenBackIsLeasedAgainUnlessItWasClosed() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			EventLoop loop = group.next();
			URI upstream = URI.create("http://localhost:" + server.getLocalPort());
			LoopPools pools = new LoopPools(loop, properties(Map.of("x.max-connections", 1)), RESOLVER,
					new UpstreamTls(), 1);
			Channel first = lease(pools, loop, upstream);
			loop.submit(() -> pools.release(upstream, false, first)).get();
			assertThat(lease(pools, loop, upstream)).isSameAs(first);
			loop.submit(() -> pools.release(upstream, false, first)).get();
			first.close().await();
			Channel second = lease(pools, loop, upstream);
			assertThat(second).isNotSameAs(first);
			assertThat(second.isActive()).isTrue();
		}
		finally {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	@Test
	@Tag("bff-7")
	void whoWaitsGetsTheConnectionThatIsGivenBack() throws Exception {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			EventLoop loop = group.next();
			URI upstream = URI.create("http://localhost:" + server.getLocalPort());
			LoopPools pools = new LoopPools(loop, properties(Map.of("x.max-connections", 1)), RESOLVER,
					new UpstreamTls(), 1);
			Channel first = lease(pools, loop, upstream);
			Future<Channel> waiting = loop.submit(() -> pools.acquire(upstream, false, NioSocketChannel.class)).get();
			assertThat(waiting.isDone()).isFalse();
			loop.submit(() -> pools.release(upstream, false, first)).get();
			assertThat(waiting.get(5, TimeUnit.SECONDS)).isSameAs(first);
		}
		finally {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	private static Channel lease(LoopPools pools, EventLoop loop, URI upstream) throws Exception {
		return loop.submit(() -> pools.acquire(upstream, false, NioSocketChannel.class)).get().get(5, TimeUnit.SECONDS);
	}

	private static EgressProperties properties(Map<String, Object> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("x", EgressProperties.class);
	}

	/** One connection, one place to wait, and one call too many. */
	private static List<Future<Channel>> lease(EventLoop loop, int port) throws Exception {
		EgressProperties properties = properties(
				Map.of("x.max-connections", 1, "x.max-pending", 1, "x.pending-timeout", "20ms"));
		UpstreamTls tls = new UpstreamTls();
		return loop.submit(() -> {
			LoopPools pools = new LoopPools(loop, properties, RESOLVER, tls, 1);
			URI upstream = URI.create("http://localhost:" + port);
			return List.of(pools.acquire(upstream, false, NioSocketChannel.class),
					pools.acquire(upstream, false, NioSocketChannel.class),
					pools.acquire(upstream, false, NioSocketChannel.class));
		}).get();
	}

}
