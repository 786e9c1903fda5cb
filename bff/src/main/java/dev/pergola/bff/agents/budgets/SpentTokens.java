package dev.pergola.bff.agents.budgets;

import java.time.LocalDate;

/** What teams have spent. Answers from memory: neither method waits for anything. */
public interface SpentTokens {

	/** Adds to what a team has spent on a day. */
	void add(String team, LocalDate day, long tokens);

	/** What a team has spent on a day, as far as is known; 0 when nothing is. */
	long of(String team, LocalDate day);

}
