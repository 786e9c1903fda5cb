package dev.pergola.bff.agents.budgets;

import java.time.Clock;
import java.util.Map;

/** Budgets of tests. */
public final class TestBudgets {

	private TestBudgets() {
	}

	/** One team with a budget, of which nothing is spent. */
	public static Budgets of(String team, long tokensPerDay) {
		return budgets(team, tokensPerDay, false);
	}

	/** The same, but runs that are going are cut when it is spent. */
	public static Budgets hard(String team, long tokensPerDay) {
		return budgets(team, tokensPerDay, true);
	}

	private static Budgets budgets(String team, long tokensPerDay, boolean hard) {
		return new Budgets(new BudgetProperties(Map.of(team, new BudgetProperties.Budget(tokensPerDay, hard))),
				new InMemorySpentTokens(), Clock.systemUTC());
	}

}
