package dev.pergola.bff.direct;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class LoopPoolsTests {

	private static final AddressResolverGroup<InetSocketAddress> RESOLVER = DefaultAddressResolverGroup.INSTANCE;

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	private final Pools callMeters = new Pools();

	private final Pools streamMeters = new Pools();

	private ServerSocket server;

	private URI upstream;

	@BeforeEach
	void start() throws IOException {
		this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		this.upstream = URI.create("http://localhost:" + this.server.getLocalPort());
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@Test
	@Tag("bff-7")
	void callsWithoutAConnectionAreToldThatTheUpstreamIsBusy() throws Exception {
		List<Future<Channel>> leases = three(
				pools(Map.of("x.max-connections", 1, "x.max-pending", 1, "x.pending-timeout", "20ms")), false);
		assertThat(leases.get(0).isSuccess()).isTrue();
		assertThat(leases.subList(1, 3))
			.allSatisfy((lease) -> assertThat(UpstreamFailures.of("deals", lease.cause()).failure())
				.isEqualTo(Failure.UPSTREAM_BUSY));
	}

	/** Closing a pool on its event loop must not wait for the event loop. */
	@Test
	void anUpstreamNobodyCalledForMinutesIsForgottenAndItsConnectionsAreClosed() throws Exception {
		LoopPools pools = pools(Map.of());
		Channel channel = lease(pools);
		giveBack(pools, channel);
		this.loop.submit(() -> pools.sweep(System.nanoTime() + TimeUnit.MINUTES.toNanos(6))).get(5, TimeUnit.SECONDS);
		assertThat(channel.closeFuture().await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(lease(pools).isActive()).isTrue();
		this.loop.submit(pools::close).get(5, TimeUnit.SECONDS);
	}

	@Test
	@Tag("bff-7")
	void streamsHaveABoundOfTheirOwn() throws Exception {
		LoopPools pools = pools(Map.of("x.max-connections", 1, "x.max-stream-connections", 2, "x.max-pending", 1,
				"x.pending-timeout", "20ms"));
		assertThat(three(pools, true)).extracting(Future::isSuccess).containsExactly(true, true, false);
	}

	@Test
	@Tag("bff-7")
	void aConnectionThatIsGivenBackIsLeasedAgainUnlessItWasClosed() throws Exception {
		LoopPools pools = pools(Map.of("x.max-connections", 1));
		Channel first = lease(pools);
		giveBack(pools, first);
		assertThat(lease(pools)).isSameAs(first);
		giveBack(pools, first);
		first.close().await();
		Channel second = lease(pools);
		assertThat(second).isNotSameAs(first);
		assertThat(second.isActive()).isTrue();
	}

	@Test
	@Tag("bff-7")
	void whoWaitsGetsTheConnectionThatIsGivenBack() throws Exception {
		LoopPools pools = pools(Map.of("x.max-connections", 1));
		Channel first = lease(pools);
		Future<Channel> waiting = ask(pools);
		assertThat(waiting.isDone()).isFalse();
		giveBack(pools, first);
		assertThat(waiting.get(5, TimeUnit.SECONDS)).isSameAs(first);
	}

	@Test
	void theSameUpstreamWithAndWithoutTlsHasConnectionsOfItsOwn() throws Exception {
		LoopPools pools = pools(Map.of("x.max-connections", 1));
		URI secure = URI.create("https" + this.upstream.toString().substring(4));
		Channel plain = lease(pools);
		giveBack(pools, plain);
		Channel encrypted = this.loop.submit(() -> pools.acquire(secure, false, NioSocketChannel.class))
			.get()
			.get(5, TimeUnit.SECONDS);
		assertThat(encrypted.pipeline().get(SslHandler.class)).isNotNull();
		this.loop.submit(() -> pools.release(secure, false, encrypted)).get();
		assertThat(lease(pools)).isSameAs(plain);
	}

	@Test
	@Tag("bff-10")
	void connectionsAreCountedForAsLongAsTheirPoolIsThere() throws Exception {
		LoopPools pools = pools(Map.of("x.max-connections", 1));
		Channel first = lease(pools);
		Future<Channel> waiting = ask(pools);
		assertCounts(this.callMeters, 1, 0, 1);
		giveBack(pools, first);
		waiting.get(5, TimeUnit.SECONDS);
		assertCounts(this.callMeters, 1, 0, 0);
		giveBack(pools, first);
		assertCounts(this.callMeters, 0, 1, 0);
		this.loop.submit(() -> pools.sweep(System.nanoTime() + TimeUnit.MINUTES.toNanos(6))).get(5, TimeUnit.SECONDS);
		assertThat(this.callMeters.open).isEmpty();
		assertThat(three(pools, true)).allMatch(Future::isSuccess);
		assertCounts(this.streamMeters, 3, 0, 0);
	}

	private LoopPools pools(Map<String, Object> settings) {
		EgressProperties properties = new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("x",
				EgressProperties.class);
		return new LoopPools(this.loop, properties, RESOLVER, new UpstreamTls(), 1, this.callMeters, this.streamMeters);
	}

	/** Three calls at once, each answered. */
	private List<Future<Channel>> three(LoopPools pools, boolean stream) throws Exception {
		List<Future<Channel>> leases = this.loop
			.submit(() -> Stream.of(1, 2, 3)
				.map((number) -> pools.acquire(this.upstream, stream, NioSocketChannel.class))
				.toList())
			.get();
		leases.forEach((lease) -> lease.awaitUninterruptibly(5, TimeUnit.SECONDS));
		return leases;
	}

	private Future<Channel> ask(LoopPools pools) throws Exception {
		return this.loop.submit(() -> pools.acquire(this.upstream, false, NioSocketChannel.class)).get();
	}

	private Channel lease(LoopPools pools) throws Exception {
		return ask(pools).get(5, TimeUnit.SECONDS);
	}

	private void giveBack(LoopPools pools, Channel channel) throws Exception {
		this.loop.submit(() -> pools.release(this.upstream, false, channel)).get();
	}

	/** Once what is under way on the event loop is done. */
	private void assertCounts(Pools pools, int active, int idle, int pending) throws Exception {
		this.loop.submit(() -> {
		}).get(5, TimeUnit.SECONDS);
		assertThat(pools.open.values()).singleElement().satisfies((pool) -> {
			assertThat(pool.acquiredSize()).isEqualTo(active);
			assertThat(pool.idleSize()).isEqualTo(idle);
			assertThat(pool.pendingAcquireSize()).isEqualTo(pending);
		});
	}

	/** Pools that are open, as meters are told of them. */
	private static final class Pools implements ConnectionProvider.MeterRegistrar {

		private final Map<String, ConnectionPoolMetrics> open = new ConcurrentHashMap<>();

		@Override
		public void registerMetrics(String name, String id, SocketAddress upstream, ConnectionPoolMetrics metrics) {
			this.open.put(id, metrics);
		}

		@Override
		public void deRegisterMetrics(String name, String id, SocketAddress upstream) {
			this.open.remove(id);
		}

	}

}
