package dev.pergola.bff.agents.budgets;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this process has spent; a day that is over is forgotten. */
final class InMemorySpentTokens implements SpentTokens {

	private final Map<String, Day> teams = new ConcurrentHashMap<>();

	@Override
	public void add(String team, LocalDate day, long tokens) {
		this.teams.merge(team, new Day(day, tokens), Day::plus);
	}

	@Override
	public long of(String team, LocalDate day) {
		Day kept = this.teams.get(team);
		return (kept != null && kept.day().equals(day)) ? kept.tokens() : 0;
	}

	private record Day(LocalDate day, long tokens) {

		Day plus(Day more) {
			return this.day.equals(more.day) ? new Day(this.day, this.tokens + more.tokens) : more;
		}

	}

}
