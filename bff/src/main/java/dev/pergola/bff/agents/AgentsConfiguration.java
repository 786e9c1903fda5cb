package dev.pergola.bff.agents;

import java.time.Clock;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.registry.client.CatalogSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires agents and their runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ AgentProperties.class, BridgeProperties.class })
public class AgentsConfiguration {

	@Bean
	Runs bffAgentRuns(AgentProperties properties) {
		return new Runs(properties, Clock.systemUTC());
	}

	@Bean
	RunEngine bffAgentRunEngine(Runs runs, UpstreamClients clients, AgentProperties properties,
			BridgeProperties bridge) {
		return new RunEngine(runs, new BridgeDriver(clients.platformStreams(), properties, bridge),
				new HttpDriver(clients.moduleStreams(), properties), properties);
	}

	@Bean
	AgentsController bffAgentsController(CatalogSource catalog, RunEngine engine, Runs runs, EventStreams streams,
			Callers callers, AgentProperties properties) {
		return new AgentsController(new AgentDirectory(catalog), engine, runs, new RunViewer(streams), callers,
				properties);
	}

	@Bean
	RunsController bffAgentRunsController(RunEngine engine, Runs runs, EventStreams streams, Callers callers) {
		return new RunsController(engine, runs, new RunViewer(streams), callers);
	}

}
