package dev.pergola.bff.server;

import java.util.Map;

import dev.pergola.bff.problem.ProblemHandler;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.origin.SecurityHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Wires limits and guards of the connections clients open. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServerProperties.class)
public class ServerConfiguration {

	/**
	 * Proxies that are believed.
	 * @throws IllegalStateException when Spring's own filter would believe everybody
	 */
	@Bean
	TrustedProxies bffTrustedProxies(ServerProperties properties, Environment environment) {
		String strategy = environment.getProperty("server.forward-headers-strategy", "none");
		if (strategy.equalsIgnoreCase("framework")) {
			throw new IllegalStateException("server.forward-headers-strategy: " + strategy
					+ " (expected: none, and pergola.bff.server.trusted-proxies)");
		}
		return new TrustedProxies(properties.trustedProxies(), properties.forwardedBy());
	}

	@Bean
	RequestRules bffRequestRules(ServerProperties properties) {
		return new RequestRules(properties.maxHeaders(), properties.maxBody(), properties.maxUpload());
	}

	/** Before all other parts: nothing behind it sees what is not in order. */
	@Bean
	@Order(0)
	Guards bffGuardsOfConnections(RequestRules rules, ServerProperties properties, SessionProperties session,
			MeterRegistry meters) {
		Map<String, String> always = SecurityHeaders.of(session);
		return new Guards(rules, properties, always, meters);
	}

	@Bean
	StreamGuard bffStreamGuard(RequestRules rules, ServerProperties properties, ProblemHandler problems,
			Guards guards) {
		return new StreamGuard(rules, properties.writeTimeout(), problems, guards);
	}

	@Bean
	Connections bffConnections(ObjectProvider<ConnectionPart> parts, Guards guards) {
		return new Connections(parts.orderedStream().toList(), guards);
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> bffServerLimits(ServerProperties properties,
			TrustedProxies proxies, ObjectProvider<Connections> connections) {
		return (factory) -> factory.addServerCustomizers(
				(server) -> install(new ServerLimits(properties, proxies).apply(server), connections));
	}

	private static HttpServer install(HttpServer server, ObjectProvider<Connections> connections) {
		return server.doOnChannelInit((observer, channel, remote) -> {
			if (channel != null) {
				connections.getObject().install(channel);
			}
		});
	}

}
