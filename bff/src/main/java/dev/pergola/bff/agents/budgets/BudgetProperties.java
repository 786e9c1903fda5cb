package dev.pergola.bff.agents.budgets;

import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of budgets.
 *
 * @param budgets Budgets by name of the team; {@code default} is that of every team that
 * is not named, and without it such a team has none.
 */
@Validated
@ConfigurationProperties("pergola.bff.agents")
record BudgetProperties(@DefaultValue Map<String, @Valid Budget> budgets) {

	BudgetProperties {
		budgets = Map.copyOf(budgets);
	}

	/**
	 * Budget of one team.
	 *
	 * @param tokensPerDay Number of tokens all runs of the team's agents may spend in a
	 * day (UTC).
	 * @param hard Whether runs that are going are cut when it is spent.
	 */
	record Budget(@Positive long tokensPerDay, @DefaultValue("false") boolean hard) {

	}

}
