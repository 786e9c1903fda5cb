package dev.pergola.bff.filter;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.limits.CallLimits;
import dev.pergola.bff.limits.Limits;
import dev.pergola.bff.resilience.AnswerKind;
import dev.pergola.bff.resilience.UpstreamGuard;
import dev.pergola.bff.server.TrustedProxies;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.ServiceStreams;
import dev.pergola.bff.websocket.WebSocketRelay;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.login.SignInEntryPoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter.Type;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/** Puts the filters of a route together, sorted once and for all. */
public final class GatewayFilters {

	private static final List<MediaType> STREAMS = AnswerKind.streams()
		.stream()
		.map(MediaType::parseMediaType)
		.toList();

	private static final Set<String> PAGES = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

	private final UpstreamClients clients;

	private final Callers callers;

	private final Limits limits;

	private final WebSocketRelay webSockets;

	private final SessionProperties session;

	private final TrustedProxies proxies;

	private final ServiceStreams services;

	private final EventStreams streams;

	/**
	 * Creates the factory.
	 * @param services bounds streams of services
	 * @param streams knows when these have to end
	 */
	public GatewayFilters(UpstreamClients clients, Callers callers, Limits limits, WebSocketRelay webSockets,
			SessionProperties session, TrustedProxies proxies, ServiceStreams services, EventStreams streams) {
		this.services = services;
		this.streams = streams;
		this.webSockets = webSockets;
		this.clients = clients;
		this.callers = callers;
		this.limits = limits;
		this.session = session;
		this.proxies = proxies;
	}

	/**
	 * Filters of a module's route.
	 * @param prefix path that is left out on the way
	 * @param timeout time until the answer has to begin
	 * @param rules what its calls may be
	 * @param contract holds calls against the service's description, {@code null} for
	 * none
	 */
	public List<GatewayFilter> module(URI upstream, String prefix, UpstreamGuard guard, Duration timeout,
			CallRules rules, @Nullable GatewayFilter contract) {
		List<HttpHeadersFilter> headers = List.of(new RequestHygiene(), new ForwardedHeaders(prefix, this.proxies),
				new Deadline(), new RelayedAuthorization(), new GrpcRequest(), new ResponseHygiene(),
				new GrpcTrailers());
		DataSize maxAnswer = rules.maxAnswer(this.clients.maxAnswer());
		List<GatewayFilter> own = new ArrayList<>(List.of(new MethodFilter(rules.methods()),
				new CallLimitFilter(new CallLimits(this.limits, this.callers)), new TokenRelayFilter(this.callers),
				new FailureFilter(), new GuardFilter(guard, timeout, maxAnswer),
				new StreamFilter(this.callers, this.services, this.streams), new UpstreamUrlFilter(upstream, prefix),
				new RetryFilter(), new UpstreamWatch(),
				new WebSocketFilter(this.webSockets, this.callers, headers, timeout)));
		if (rules.maxBody() != null) {
			own.add(new BodyLimitFilter(rules.maxBody()));
		}
		if (contract != null) {
			own.add(new OrderedGatewayFilter(contract, FilterOrder.CONTRACT));
		}
		return sorted(own, new Routing(this.clients.modules(), this.clients.moduleStreams(), this.clients, headers),
				headers);
	}

	/** Filters of the registry's route: a person's access token, or the caller's own. */
	public List<GatewayFilter> registry(URI upstream) {
		List<HttpHeadersFilter> headers = List.of(new RegistryHygiene(), new ForwardedHeaders("", this.proxies),
				new RelayedAuthorization(), new ResponseHygiene());
		return sorted(List.of(new MethodFilter(CallRules.METHODS), new RegistryRelayFilter(this.callers),
				new FailureFilter(), new UpstreamUrlFilter(upstream, ""), new UpstreamWatch()), platform(headers),
				headers);
	}

	/**
	 * Filters of the shell's route: the shell is the portal itself, but the session stays
	 * here; it gets the person's access token.
	 */
	public List<GatewayFilter> shell(URI upstream) {
		SessionProperties.Cookie cookie = this.session.cookie();
		List<HttpHeadersFilter> headers = List.of(new RequestHygiene(), new ShellCookies(cookie, Type.REQUEST),
				new ForwardedHeaders("", this.proxies), new PublicOrigin(this.session.publicOrigin()),
				new RelayedAuthorization(), new ConnectionHygiene(), new ShellCookies(cookie, Type.RESPONSE));
		return sorted(List.of(new ShellAwayFilter(), new MethodFilter(PAGES),
				new ShellRelayFilter(this.callers, new SignInEntryPoint(this.session)), new FailureFilter(),
				new UpstreamUrlFilter(upstream, ""), new UpstreamWatch()), platform(headers), headers);
	}

	private Routing platform(List<HttpHeadersFilter> headers) {
		return new Routing(this.clients.platform(), this.clients.platformStreams(), this.clients, headers);
	}

	private static List<GatewayFilter> sorted(List<GatewayFilter> own, Routing routing,
			List<HttpHeadersFilter> headers) {
		List<GatewayFilter> all = new ArrayList<>(own);
		all.add(adapt(new NettyWriteResponseFilter(STREAMS, new Provided<>(headers)),
				NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER));
		all.add(adapt(routing, NettyRoutingFilter.ORDER));
		AnnotationAwareOrderComparator.sort(all);
		return List.copyOf(all);
	}

	private static GatewayFilter adapt(GlobalFilter filter, int order) {
		return new OrderedGatewayFilter(new Adapted(filter), order);
	}

	private record Adapted(GlobalFilter filter) implements GatewayFilter {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
			return this.filter.filter(exchange, chain);
		}

	}

	/** What there is one of, for those who ask a provider. */
	record Provided<T>(T value) implements ObjectProvider<T> {

		@Override
		public T getObject() {
			return this.value;
		}

		@Override
		public T getIfAvailable() {
			return this.value;
		}

	}

}
