package dev.pergola.bff.agents.operations;

import java.time.Clock;

import dev.pergola.bff.agents.AgentProperties;
import dev.pergola.bff.agents.BridgeProperties;
import dev.pergola.bff.agents.RunSteering;
import dev.pergola.bff.agents.budgets.Budgets;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.runlog.RunLogProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what administrators see of runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperationsProperties.class)
public class OperationsConfiguration {

	@Bean
	@ConditionalOnMissingBean(RunLedger.class)
	RunLedger bffRunLedger(OperationsProperties properties, RunLogProperties log, AgentProperties agents) {
		return switch (log.store()) {
			case MEMORY -> new InMemoryRunLedger(properties.maxRuns(), properties.retention(), Clock.systemUTC());
			case REDIS -> new RedisRunLedger(log.redis(), properties, agents.maxDuration(), Clock.systemUTC());
		};
	}

	@Bean
	AgentMeters bffAgentMeters(MeterRegistry registry, Budgets budgets) {
		return new AgentMeters(registry, budgets);
	}

	@Bean
	GoingRuns bffGoingRuns(RunLedger ledger, Budgets budgets, AgentMeters meters,
			ObjectProvider<RunSteering> steering) {
		return new GoingRuns(ledger, budgets, meters,
				(id) -> steering.getObject().cancel(id).onErrorComplete().subscribe(), Schedulers.parallel(),
				Clock.systemUTC());
	}

	@Bean
	MeterBinder bffGoingRunMeters(GoingRuns going) {
		return (registry) -> {
			for (RunState state : RunState.values()) {
				if (!state.isOver()) {
					Gauge.builder("pergola.bff.agents.going", going, (all) -> all.count(state))
						.description("Runs that are not over")
						.tag("state", state.text())
						.register(registry);
				}
			}
		};
	}

	@Bean
	OperationsController bffOperationsController(RunLedger ledger, GoingRuns going, Budgets budgets,
			UpstreamClients clients, BridgeProperties bridge, OperationsProperties properties, RunSteering steering,
			Callers callers) {
		Operations operations = new Operations(ledger, going, budgets,
				new BridgeRuns(clients.platform(), bridge, properties), steering, Clock.systemUTC());
		return new OperationsController(operations, callers);
	}

}
