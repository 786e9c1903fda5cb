package dev.pergola.bff.agents.budgets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;

/** Budgets of teams: what is left of them, and that no run begins when nothing is. */
public final class Budgets {

	private static final String EVERY_OTHER_TEAM = "default";

	private final BudgetProperties properties;

	private final SpentTokens spent;

	private final Clock clock;

	Budgets(BudgetProperties properties, SpentTokens spent, Clock clock) {
		this.properties = properties;
		this.spent = spent;
		this.clock = clock;
	}

	/**
	 * Refuses a run of a team whose budget is spent.
	 * @throws BffException {@link Failure#AGENT_BUDGET_SPENT}, with the seconds until the
	 * next day
	 */
	public void check(String team) {
		find(team).filter(BudgetState::hasNothingLeft).ifPresent((state) -> {
			throw refusal(state);
		});
	}

	/** Charges a team for tokens. */
	public void spend(String team, long tokens) {
		this.spent.add(team, today(), tokens);
	}

	/**
	 * How far a team is.
	 * @return empty for a team that may spend as much as it likes
	 */
	public Optional<BudgetState> find(String team) {
		Map<String, BudgetProperties.Budget> budgets = this.properties.budgets();
		return Optional.ofNullable(budgets.getOrDefault(team, budgets.get(EVERY_OTHER_TEAM))).map((budget) -> {
			LocalDate day = today();
			return new BudgetState(team, budget.tokensPerDay(), this.spent.of(team, day), budget.hard(),
					day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
		});
	}

	/** Teams with a budget of their own, by name. */
	public Set<String> named() {
		Set<String> teams = new TreeSet<>(this.properties.budgets().keySet());
		teams.remove(EVERY_OTHER_TEAM);
		return teams;
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	private BffException refusal(BudgetState state) {
		Instant now = this.clock.instant();
		int seconds = Math.max(1, (int) Duration.between(now, state.resetsAt()).plusMillis(999).toSeconds());
		return new BffException(Failure.AGENT_BUDGET_SPENT,
				"The agents of team %s have spent their %d tokens of today.".formatted(state.team(),
						state.tokensPerDay()),
				Map.of("team", state.team(), "resetsAt", state.resetsAt().toString(), "retryAfter", seconds), null);
	}

}
