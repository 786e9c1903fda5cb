package dev.pergola.bff.egress;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import dev.pergola.manifests.egress.AddressRules;
import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.util.unit.DataSize;

/**
 * The clients calls go out with: one for each policy, made once, as Reactor Netty keeps a
 * pool per client configuration. None follows redirects or repeats a call.
 */
public final class UpstreamClients implements DisposableBean {

	private final ConnectionProvider calls;

	private final ConnectionProvider streams;

	private final PoolMeters callMeters = new PoolMeters("calls");

	private final PoolMeters streamMeters = new PoolMeters("streams");

	private final AddressResolverGroup<InetSocketAddress> guarded;

	private final HttpClient modules;

	private final HttpClient moduleStreams;

	private final HttpClient moduleGrpc;

	private final HttpClient moduleGrpcSecure;

	private final HttpClient platform;

	private final HttpClient platformStreams;

	private final DataSize maxAnswer;

	public UpstreamClients(EgressProperties properties) {
		this.calls = provider(properties, "pergola-calls", properties.maxConnections(), this.callMeters);
		this.streams = provider(properties, "pergola-streams", properties.maxStreamConnections(), this.streamMeters);
		this.maxAnswer = properties.maxAnswer();
		this.guarded = guarded(properties);
		this.platform = client(properties, this.calls);
		this.platformStreams = client(properties, this.streams);
		this.modules = this.platform.resolver(this.guarded);
		this.moduleStreams = this.platformStreams.resolver(this.guarded);
		this.moduleGrpc = this.moduleStreams.protocol(HttpProtocol.H2C);
		this.moduleGrpcSecure = this.moduleStreams.protocol(HttpProtocol.H2).secure();
	}

	/** Resolves names of modules' upstreams: addresses are checked. */
	public AddressResolverGroup<InetSocketAddress> guarded() {
		return this.guarded;
	}

	/** Size of an answer of a module's upstream that is no stream. */
	public DataSize maxAnswer() {
		return this.maxAnswer;
	}

	/** Calls to modules' upstreams: addresses are checked. */
	public HttpClient modules() {
		return this.modules;
	}

	/**
	 * Streams from modules' upstreams: addresses are checked, connections are their own.
	 */
	public HttpClient moduleStreams() {
		return this.moduleStreams;
	}

	/**
	 * gRPC calls to modules' upstreams: HTTP/2, addresses are checked.
	 * @param secure whether with TLS; otherwise without being asked first (RFC 9113
	 * section 3.3)
	 */
	public HttpClient moduleGrpc(boolean secure) {
		return secure ? this.moduleGrpcSecure : this.moduleGrpc;
	}

	/** Calls to addresses the operator set: registry, shell. */
	public HttpClient platform() {
		return this.platform;
	}

	/** Streams from addresses the operator set: agent-bridge. */
	public HttpClient platformStreams() {
		return this.platformStreams;
	}

	/** Meters of the pools, one for each policy. */
	public List<PoolMeters> meters() {
		return List.of(this.callMeters, this.streamMeters);
	}

	@Override
	public void destroy() {
		this.calls.disposeLater().subscribe();
		this.streams.disposeLater().subscribe();
	}

	private static ConnectionProvider provider(EgressProperties properties, String name, int maxConnections,
			PoolMeters meters) {
		return ConnectionProvider.builder(name)
			.maxConnections(maxConnections)
			// -1 would be no bound at all.
			.pendingAcquireMaxCount(properties.maxPending())
			.pendingAcquireTimeout(properties.pendingTimeout())
			.maxIdleTime(properties.maxIdle())
			.maxLifeTime(properties.maxLife())
			.maxLifeTimeVariance(0.2)
			.evictInBackground(Duration.ofSeconds(10))
			.disposeInactivePoolsInBackground(Duration.ofMinutes(1), Duration.ofMinutes(5))
			.lifo()
			.metrics(true, () -> meters)
			.build();
	}

	private static HttpClient client(EgressProperties properties, ConnectionProvider provider) {
		return HttpClient.create(provider)
			.disableRetry(true)
			.followRedirect(false)
			.compress(false)
			.doOnChannelInit((observer, channel, remote) -> {
				if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
					channel.pipeline().addAfter(NettyPipeline.HttpCodec, "pergola.early", new EarlyAnswers());
				}
			})
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(properties.connectTimeout().toMillis()))
			.httpResponseDecoder((spec) -> spec.maxHeaderSize(Math.toIntExact(properties.maxHeaderSize().toBytes())));
	}

	@SuppressWarnings("unchecked")
	private static AddressResolverGroup<InetSocketAddress> guarded(EgressProperties properties) {
		// Reactor Netty's own resolver does not block; it resolves to socket addresses
		// only.
		AddressResolverGroup<InetSocketAddress> resolver = (AddressResolverGroup<InetSocketAddress>) HttpResources.get()
			.getOrCreateDefaultResolver();
		return new GuardedResolverGroup(resolver, new AddressRules(properties.allowedHosts(), properties.localHosts()));
	}

}
