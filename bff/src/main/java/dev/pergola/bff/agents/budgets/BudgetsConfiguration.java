package dev.pergola.bff.agents.budgets;

import java.time.Clock;

import dev.pergola.bff.runlog.RunLogProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires budgets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BudgetProperties.class)
public class BudgetsConfiguration {

	@Bean
	@ConditionalOnMissingBean(SpentTokens.class)
	SpentTokens bffSpentTokens(RunLogProperties log) {
		return switch (log.store()) {
			case MEMORY -> new InMemorySpentTokens();
			case REDIS -> new RedisSpentTokens(log.redis(), Clock.systemUTC());
		};
	}

	@Bean
	Budgets bffAgentBudgets(BudgetProperties properties, SpentTokens spent) {
		return new Budgets(properties, spent, Clock.systemUTC());
	}

}
