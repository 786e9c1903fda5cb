package dev.pergola.bff.egress;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.DisposableBean;

/**
 * The clients calls go out with: one for each policy, made once, as Reactor Netty keeps a
 * pool per client configuration. None follows redirects or repeats a call.
 */
public final class UpstreamClients implements DisposableBean {

	private final ConnectionProvider calls;

	private final ConnectionProvider streams;

	private final HttpClient modules;

	private final HttpClient moduleStreams;

	private final HttpClient platform;

	private final HttpClient platformStreams;

	public UpstreamClients(EgressProperties properties) {
		this.calls = provider(properties, "pergola-calls", properties.maxConnections());
		this.streams = provider(properties, "pergola-streams", properties.maxStreamConnections());
		AddressResolverGroup<?> guarded = guarded(properties);
		this.platform = client(properties, this.calls);
		this.platformStreams = client(properties, this.streams);
		this.modules = this.platform.resolver(guarded);
		this.moduleStreams = this.platformStreams.resolver(guarded);
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

	/** Calls to addresses the operator set: registry, shell. */
	public HttpClient platform() {
		return this.platform;
	}

	/** Streams from addresses the operator set: agent-bridge. */
	public HttpClient platformStreams() {
		return this.platformStreams;
	}

	@Override
	public void destroy() {
		this.calls.disposeLater().subscribe();
		this.streams.disposeLater().subscribe();
	}

	private static ConnectionProvider provider(EgressProperties properties, String name, int maxConnections) {
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
			.build();
	}

	private static HttpClient client(EgressProperties properties, ConnectionProvider provider) {
		return HttpClient.create(provider)
			.disableRetry(true)
			.followRedirect(false)
			.compress(false)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(properties.connectTimeout().toMillis()))
			.httpResponseDecoder((spec) -> spec.maxHeaderSize(Math.toIntExact(properties.maxHeaderSize().toBytes())));
	}

	@SuppressWarnings("unchecked")
	private static AddressResolverGroup<?> guarded(EgressProperties properties) {
		// Reactor Netty's own resolver does not block; it resolves to socket addresses
		// only.
		AddressResolverGroup<InetSocketAddress> resolver = (AddressResolverGroup<InetSocketAddress>) HttpResources.get()
			.getOrCreateDefaultResolver();
		return new GuardedResolverGroup(resolver, new AddressRules(properties.allowedHosts()));
	}

}
