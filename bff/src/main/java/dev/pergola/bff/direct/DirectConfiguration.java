package dev.pergola.bff.direct;

import dev.pergola.bff.compression.Compression;
import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.limits.Limits;
import dev.pergola.bff.observe.Observer;
import dev.pergola.bff.routing.ModuleRoutes;
import dev.pergola.bff.server.ServerProperties;
import dev.pergola.bff.server.TrustedProxies;
import dev.pergola.bff.streams.ServiceStreams;
import dev.pergola.bff.streams.StreamProperties;
import dev.pergola.session.KnownSessions;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.origin.SecurityHeaders;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the direct path. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pergola.bff.direct.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DirectProperties.class)
public class DirectConfiguration {

	@Bean
	DirectPath bffDirectPath(ModuleRoutes routes, KnownSessions sessions, SessionProperties session, Observer observer,
			Limits limits, StreamProperties streams, ServiceStreams services, EgressProperties egress,
			UpstreamClients clients, Compression compression, ServerProperties server, TrustedProxies proxies) {
		CallParts parts = new CallParts(sessions, services, streams.sessionCheck(), observer, limits, proxies,
				compression, egress.maxAnswer(), CallParts.bytes(SecurityHeaders.of(session)));
		return new DirectPath(new DirectRules(routes, sessions, session.cookie().name()), parts, egress,
				clients.guarded(), clients.meters(), server.idleTimeout());
	}

	@Bean
	DirectStop bffDirectStop(DirectPath path, Environment environment) {
		Shutdown shutdown = environment.getProperty("server.shutdown", Shutdown.class, Shutdown.GRACEFUL);
		return new DirectStop(path, shutdown == Shutdown.GRACEFUL);
	}

	@Bean
	MeterBinder bffDirectMeters(DirectPath path) {
		return (registry) -> FunctionCounter.builder("pergola.bff.direct", path, DirectPath::taken)
			.description("Calls that went directly, past the gateway's filters")
			.register(registry);
	}

}
