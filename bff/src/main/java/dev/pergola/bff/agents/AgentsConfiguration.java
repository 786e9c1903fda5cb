package dev.pergola.bff.agents;

import java.time.Clock;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.runlog.NoRunHome;
import dev.pergola.bff.runlog.RedisRunHome;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.runlog.RunLogProperties;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.registry.client.CatalogSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires agents and their runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ AgentProperties.class, BridgeProperties.class, RunLogProperties.class })
public class AgentsConfiguration {

	@Bean
	Runs bffAgentRuns(AgentProperties properties, RunListener listener) {
		return new Runs(properties, Clock.systemUTC(), listener);
	}

	@Bean
	RunEngine bffAgentRunEngine(Runs runs, UpstreamClients clients, RunHome home, AgentProperties properties,
			BridgeProperties bridge) {
		return new RunEngine(runs, new BridgeDriver(clients.platformStreams(), properties, bridge),
				new HttpDriver(clients.moduleStreams(), properties), home, properties);
	}

	@Bean(destroyMethod = "close")
	RunHome bffAgentRunHome(RunLogProperties log, AgentProperties properties) {
		return switch (log.store()) {
			case MEMORY -> new NoRunHome();
			case REDIS -> new RedisRunHome(log.redis(), properties.maxDuration(), properties.retention());
		};
	}

	@Bean
	RunDirectory bffAgentRunDirectory(Runs runs, RunEngine engine, RunHome home, AgentProperties properties) {
		return new RunDirectory(runs, engine, home, properties);
	}

	@Bean
	RunStarter bffAgentRunStarter(Runs runs, RunEngine engine, RunHome home, RunDirectory directory) {
		return new RunStarter(runs, engine, home, directory);
	}

	@Bean
	AgentsController bffAgentsController(CatalogSource catalog, LiveModules modules, RunStarter starter,
			RunDirectory runs, EventStreams streams, Callers callers, AgentProperties properties) {
		return new AgentsController(new AgentDirectory(catalog, modules), starter, runs, new RunViewer(streams),
				callers, properties);
	}

	@Bean
	RunsController bffAgentRunsController(RunDirectory runs, EventStreams streams, Callers callers) {
		return new RunsController(runs, new RunViewer(streams), callers);
	}

	@Bean
	ThreadsController bffAgentThreadsController(RunDirectory runs, Callers callers) {
		return new ThreadsController(new Threads(runs, Clock.systemUTC()), callers);
	}

	@Bean
	MeterBinder bffAgentRunMeters(RunDirectory runs, RunHome home) {
		return (registry) -> {
			Gauge.builder("pergola.bff.agents.away", home, (all) -> all.isAway() ? 1 : 0)
				.description("Whether runs are not shared although they are to be")
				.register(registry);
			Gauge.builder("pergola.bff.agents.replicas", runs, RunDirectory::replicas)
				.description("Runs of other nodes that are watched here")
				.register(registry);
		};
	}

}
