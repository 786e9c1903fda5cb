package dev.pergola.bff;

import dev.pergola.bff.agents.AgentsConfiguration;
import dev.pergola.bff.agents.budgets.BudgetsConfiguration;
import dev.pergola.bff.agents.operations.OperationsConfiguration;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.caller.SessionCallers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.compression.CompressionConfiguration;
import dev.pergola.bff.contracts.ContractsConfiguration;
import dev.pergola.bff.direct.DirectConfiguration;
import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.events.EventsConfiguration;
import dev.pergola.bff.files.FilesConfiguration;
import dev.pergola.bff.filter.GatewayFilters;
import dev.pergola.bff.filter.PathStrictness;
import dev.pergola.bff.limits.Limits;
import dev.pergola.bff.limits.LimitsConfiguration;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.observe.ObserveConfiguration;
import dev.pergola.bff.openapi.OpenApiConfiguration;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.ProblemHandler;
import dev.pergola.bff.resilience.ResilienceConfiguration;
import dev.pergola.bff.resilience.UpstreamGuards;
import dev.pergola.bff.routing.CatalogListener;
import dev.pergola.bff.routing.RoutingConfiguration;
import dev.pergola.bff.server.ServerConfiguration;
import dev.pergola.bff.server.TrustedProxies;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.ServiceStreams;
import dev.pergola.bff.streams.SessionProbe;
import dev.pergola.bff.streams.StreamProperties;
import dev.pergola.bff.upstreams.UpstreamsConfiguration;
import dev.pergola.bff.views.ViewsConfiguration;
import dev.pergola.bff.websocket.WebSocketProperties;
import dev.pergola.bff.websocket.WebSocketRelay;
import dev.pergola.registry.client.CatalogSource;
import dev.pergola.session.AccessTokens;
import dev.pergola.session.SessionCheck;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.store.SessionEnds;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;

/** Makes a reactive process the single entrance of the portal. */
@AutoConfiguration(afterName = { "dev.pergola.session.autoconfigure.SessionAutoConfiguration",
		"dev.pergola.registry.client.RegistryClientAutoConfiguration" })
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnProperty(name = "pergola.bff.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ EgressProperties.class, StreamProperties.class, WebSocketProperties.class,
		SessionProperties.class })
@Import({ RoutingConfiguration.class, ViewsConfiguration.class, AgentsConfiguration.class, EventsConfiguration.class,
		FilesConfiguration.class, ObserveConfiguration.class, CompressionConfiguration.class, DirectConfiguration.class,
		ResilienceConfiguration.class, LimitsConfiguration.class, ContractsConfiguration.class,
		OpenApiConfiguration.class, ServerConfiguration.class, BudgetsConfiguration.class,
		OperationsConfiguration.class, UpstreamsConfiguration.class })
public class BffAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(Callers.class)
	SessionCallers bffSessionCallers(AccessTokens accessTokens, SessionCheck check, SessionEnds ends) {
		return new SessionCallers(accessTokens, check, ends);
	}

	@Bean
	LiveModules bffLiveModules(CatalogSource catalog) {
		return new LiveModules(catalog);
	}

	@Bean
	UpstreamClients bffUpstreamClients(EgressProperties properties) {
		return new UpstreamClients(properties);
	}

	@Bean
	MeterBinder bffConnectionMeters(UpstreamClients clients) {
		return (registry) -> clients.meters().forEach((meters) -> meters.bindTo(registry));
	}

	@Bean
	CatalogListener bffCallMeters(Calls calls) {
		return calls::retain;
	}

	@Bean
	CatalogListener bffGuards(UpstreamGuards guards) {
		return guards::retain;
	}

	@Bean
	WebSocketRelay bffWebSocketRelay(UpstreamClients clients, WebSocketProperties properties, EventStreams streams) {
		return new WebSocketRelay(clients.moduleStreams(), properties, streams);
	}

	@Bean
	CatalogListener bffModuleLimits(Limits limits) {
		return limits::onCatalog;
	}

	@Bean
	GatewayFilters bffGatewayFilters(UpstreamClients clients, Callers callers, Limits limits, WebSocketRelay webSockets,
			SessionProperties session, TrustedProxies proxies, ServiceStreams services, EventStreams streams) {
		return new GatewayFilters(clients, callers, limits, webSockets, session, proxies, services, streams);
	}

	@Bean
	ProblemHandler bffProblemHandler() {
		return new ProblemHandler(JsonMapper.builder().build());
	}

	@Bean
	PathStrictness bffPathStrictness(ProblemHandler problems) {
		return new PathStrictness(problems);
	}

	/** What Spring Security's firewall refuses is told like everything else. */
	@Bean
	ServerExchangeRejectedHandler bffRejectedRequests(ProblemHandler problems) {
		return (exchange, ex) -> {
			BffException refused = new BffException(Failure.BAD_REQUEST, "This request is not taken.");
			return problems.write(exchange, refused, refused);
		};
	}

	/**
	 * Spring Security would observe each of its filters, and keep what it observed for as
	 * long as a stream is open; the request as a whole is observed as it was.
	 */
	@Bean
	@ConditionalOnMissingBean
	SecurityObservationSettings bffSecurityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	EventStreams bffEventStreams(StreamProperties properties, SessionProbe sessions) {
		return new EventStreams(properties, sessions);
	}

	@Bean
	ServiceStreams bffServiceStreams(StreamProperties properties) {
		return new ServiceStreams(properties);
	}

	@Bean
	MeterBinder bffServiceStreamMeters(ServiceStreams streams) {
		return (registry) -> Gauge.builder("pergola.bff.streams.services", streams, ServiceStreams::open)
			.description("Streams of modules' services open to browsers and programs")
			.register(registry);
	}

	@Bean
	MeterBinder bffWebSocketMeters(WebSocketRelay relay) {
		return (registry) -> Gauge.builder("pergola.bff.websockets", relay, WebSocketRelay::open)
			.description("WebSockets open to browsers")
			.register(registry);
	}

	@Bean
	MeterBinder bffStreamMeters(EventStreams streams) {
		return (registry) -> Gauge.builder("pergola.bff.streams", streams, EventStreams::open)
			.description("Streams open to browsers")
			.register(registry);
	}

}
