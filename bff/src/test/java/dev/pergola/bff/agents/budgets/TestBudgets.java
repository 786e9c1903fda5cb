package dev.pergola.bff.agents.budgets;

import java.time.Clock;
import java.util.Map;

/** Budgets of tests. */
public final class TestBudgets {

	private TestBudgets() {
	}

	/** One team with a budget, of which nothing is spent. */
	public static Budgets of(String team, long tokensPerDay) {
		return new Budgets(new BudgetProperties(Map.of(team, new BudgetProperties.Budget(tokensPerDay, false))),
				new InMemorySpentTokens(), Clock.systemUTC());
	}

}
