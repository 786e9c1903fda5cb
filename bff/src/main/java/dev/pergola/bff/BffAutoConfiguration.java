package dev.pergola.bff;

import dev.pergola.bff.agents.AgentsConfiguration;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.caller.SessionCallers;
import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.events.EventsConfiguration;
import dev.pergola.bff.files.FilesConfiguration;
import dev.pergola.bff.filter.GatewayFilters;
import dev.pergola.bff.filter.PathStrictness;
import dev.pergola.bff.problem.ProblemHandler;
import dev.pergola.bff.routing.RoutingConfiguration;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.SessionProbe;
import dev.pergola.bff.streams.StreamProperties;
import dev.pergola.bff.views.ViewsConfiguration;
import dev.pergola.session.AccessTokens;
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

/** Makes a reactive process the single entrance of the portal. */
@AutoConfiguration(afterName = { "dev.pergola.session.autoconfigure.SessionAutoConfiguration",
		"dev.pergola.registry.client.RegistryClientAutoConfiguration" })
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnProperty(name = "pergola.bff.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ EgressProperties.class, StreamProperties.class, SessionProperties.class })
@Import({ RoutingConfiguration.class, ViewsConfiguration.class, AgentsConfiguration.class, EventsConfiguration.class,
		FilesConfiguration.class })
public class BffAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(Callers.class)
	SessionCallers bffSessionCallers(AccessTokens accessTokens, SessionEnds ends) {
		return new SessionCallers(accessTokens, ends);
	}

	@Bean
	UpstreamClients bffUpstreamClients(EgressProperties properties) {
		return new UpstreamClients(properties);
	}

	@Bean
	GatewayFilters bffGatewayFilters(UpstreamClients clients, Callers callers, SessionProperties session) {
		return new GatewayFilters(clients, callers, session);
	}

	@Bean
	ProblemHandler bffProblemHandler() {
		return new ProblemHandler(JsonMapper.builder().build());
	}

	@Bean
	PathStrictness bffPathStrictness(ProblemHandler problems) {
		return new PathStrictness(problems);
	}

	@Bean
	EventStreams bffEventStreams(StreamProperties properties, SessionProbe sessions) {
		return new EventStreams(properties, sessions);
	}

	@Bean
	MeterBinder bffStreamMeters(EventStreams streams) {
		return (registry) -> Gauge.builder("pergola.bff.streams", streams, EventStreams::open)
			.description("Streams open to browsers")
			.register(registry);
	}

}
