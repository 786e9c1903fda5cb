package dev.pergola.bff.direct;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import dev.pergola.bff.compression.Compression;
import dev.pergola.bff.compression.CompressionProperties;
import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.filter.CallRules;
import dev.pergola.bff.limits.TestLimits;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.MetricsProperties;
import dev.pergola.bff.observe.Observer;
import dev.pergola.bff.resilience.ResilienceProperties;
import dev.pergola.bff.resilience.UpstreamGuards;
import dev.pergola.bff.routing.ModuleRoute;
import dev.pergola.bff.server.ForwardedBy;
import dev.pergola.bff.server.TrustedProxies;
import dev.pergola.bff.streams.ServiceStreams;
import dev.pergola.bff.streams.StreamProperties;
import dev.pergola.bff.trace.Tracing;
import dev.pergola.bff.trace.TracingProperties;
import dev.pergola.session.KnownSession;
import dev.pergola.session.KnownSessions;
import dev.pergola.session.SessionPrincipal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * The direct path on one event loop without sockets, for a person who is signed in and a
 * module {@code deals}.
 */
final class TestDirectPath implements AutoCloseable {

	private static final KnownSession SESSION = new KnownSession(
			new SessionPrincipal("ada", "Ada", Set.of(), Set.of(), Set.of(), null), "https://id.example", "token");

	private static final URI UPSTREAM = URI.create("http://127.0.0.1:1");

	private final List<TestConnection> connections = new ArrayList<>();

	private final EventLoop events = new EmbeddedChannel().eventLoop();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final DirectLoop loop;

	private final DirectRules rules;

	/**
	 * Creates the path.
	 * @param timeout time until an answer has to begin
	 * @param sessions whether the sessions of streams go on
	 * @param calls counts the calls
	 */
	TestDirectPath(Duration timeout, Open sessions, MeterRegistry calls) {
		KnownSessions known = new Sessions(sessions);
		ModuleRoute route = new ModuleRoute("deals", "team", UPSTREAM, "", new AsciiString("127.0.0.1:1"), "/api/deals",
				new AsciiString("/api/deals"), timeout,
				new UpstreamGuards(of(ResilienceProperties.class), this.registry).of(UPSTREAM, "deals", "team"),
				CallRules.USUAL);
		this.rules = new DirectRules((path) -> route, known, "session");
		this.loop = new DirectLoop(
				new LoopPools(this.events, of(EgressProperties.class), new Addresses(), new UpstreamTls(), 1,
						new NoMeters(), new NoMeters()),
				new CallParts(known, new ServiceStreams(of(StreamProperties.class)), Duration.ZERO,
						new Observer(new Calls(calls, of(MetricsProperties.class)),
								new Tracing(of(TracingProperties.class), "test"), null),
						TestLimits.unlimited(), new TrustedProxies(List.of(), ForwardedBy.X_FORWARDED),
						new Compression(of(CompressionProperties.class)), DataSize.ofMegabytes(1), Map.of()),
				new LongAdder());
	}

	static TestDirectPath create() {
		return new TestDirectPath(Duration.ofSeconds(10), (sessionId) -> true, new SimpleMeterRegistry());
	}

	DirectLoop loop() {
		return this.loop;
	}

	/** Calls in flight to the module's service. */
	double inFlight() {
		return this.registry.get("pergola.bff.upstream.active").gauge().value();
	}

	/**
	 * Opens a browser's connection.
	 * @param before what stands between the path and the browser
	 */
	TestConnection browser(ChannelHandler... before) {
		TestConnection browser = new TestConnection();
		TestConnection.opened.remove(browser);
		this.connections.add(browser);
		browser.config().setAutoRead(false);
		this.events.register(browser).syncUninterruptibly();
		browser.pipeline().addLast(before).addLast(new DirectHandler(this.loop, this.rules, null));
		return browser;
	}

	/** The connection to the upstream that was opened first, and not asked for yet. */
	TestConnection upstream() {
		TestConnection upstream = TestConnection.opened.remove();
		this.connections.add(upstream);
		return upstream;
	}

	@Override
	public void close() {
		this.connections.addAll(TestConnection.opened);
		TestConnection.opened.clear();
		this.connections.forEach(TestConnection::end);
	}

	static HttpRequest request(String path, String accept) {
		HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/api/deals" + path);
		request.headers()
			.set("Host", "portal.example")
			.set("Cookie", "session=s1")
			.set("X-Pergola", "1")
			.set("Accept", accept);
		return request;
	}

	private static <T> T of(Class<T> settings) {
		return Binder.get(new MockEnvironment()).bindOrCreate("x", settings);
	}

	/** Whether a session goes on. */
	interface Open {

		boolean isOpen(String sessionId);

	}

	private record Sessions(Open open) implements KnownSessions {

		@Override
		public KnownSession find(@Nullable String sessionId) {
			return SESSION;
		}

		@Override
		public boolean isOpen(String sessionId) {
			return this.open.isOpen(sessionId);
		}

	}

	/** This event loop does not tell of its end, which the group waits for. */
	private static final class Addresses extends AddressResolverGroup<InetSocketAddress> {

		@Override
		public AddressResolver<InetSocketAddress> getResolver(EventExecutor executor) {
			return newResolver(executor);
		}

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetSocketAddressResolver(executor, new DefaultNameResolver(executor));
		}

	}

	/** Nobody counts connections here. */
	private static final class NoMeters implements MeterRegistrar {

		@Override
		public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
				ConnectionPoolMetrics metrics) {
			// Nobody is told.
		}

	}

}
