package dev.pergola.bff.agents.budgets;

import java.time.Instant;

/**
 * How far a team is with its budget.
 *
 * @param tokensPerDay what it may spend
 * @param spent what it has spent since the day began (UTC)
 * @param hard whether runs that are going are cut when it is spent
 * @param resetsAt end of the day
 */
public record BudgetState(String team, long tokensPerDay, long spent, boolean hard, Instant resetsAt) {

	/** Share that is spent; above 1 when it was not enough. */
	public double share() {
		return (double) this.spent / this.tokensPerDay;
	}

	/** Whether nothing is left. */
	public boolean hasNothingLeft() {
		return this.spent >= this.tokensPerDay;
	}

}
