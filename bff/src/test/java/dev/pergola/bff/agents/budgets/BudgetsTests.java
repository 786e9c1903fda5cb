package dev.pergola.bff.agents.budgets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BudgetsTests {

	private static final Instant EVENING = Instant.parse("2026-11-29T23:59:30.500Z");

	private final InMemorySpentTokens spent = new InMemorySpentTokens();

	private final Budgets budgets = at(EVENING, "deals", "default");

	@Test
	void refusesATeamThatHasSpentEverythingUntilTheNextDay() {
		this.budgets.spend("deals", 999);
		assertThatCode(() -> this.budgets.check("deals")).doesNotThrowAnyException();
		this.budgets.spend("deals", 1);
		BffException refusal = catchThrowableOfType(BffException.class, () -> this.budgets.check("deals"));
		assertThat(refusal.failure()).isEqualTo(Failure.AGENT_BUDGET_SPENT);
		assertThat(refusal.detail()).isEqualTo("The agents of team deals have spent their 1000 tokens of today.");
		assertThat(refusal.members()).containsEntry("retryAfter", 30).containsEntry("resetsAt", "2026-11-30T00:00:00Z");
		Budgets nextDay = at(EVENING.plus(Duration.ofSeconds(30)), "deals");
		assertThatCode(() -> nextDay.check("deals")).doesNotThrowAnyException();
		nextDay.spend("deals", 5);
		assertThat(nextDay.find("deals").orElseThrow().spent()).isEqualTo(5);
	}

	@Test
	void givesTeamsThatAreNotNamedTheDefaultEachForItself() {
		this.budgets.spend("people", 500);
		assertThat(this.budgets.find("people").orElseThrow().share()).isEqualTo(0.5);
		assertThat(this.budgets.find("organizations").orElseThrow().spent()).isZero();
		assertThat(this.budgets.named()).containsExactly("deals");
	}

	@Test
	void leavesATeamWithoutABudgetAlone() {
		Budgets none = at(EVENING);
		none.spend("people", Long.MAX_VALUE / 2);
		assertThatCode(() -> none.check("people")).doesNotThrowAnyException();
		assertThat(none.find("people")).isEmpty();
	}

	private Budgets at(Instant now, String... teams) {
		Map<String, BudgetProperties.Budget> all = new HashMap<>();
		for (String team : teams) {
			all.put(team, new BudgetProperties.Budget(1000, false));
		}
		return new Budgets(new BudgetProperties(all), this.spent, Clock.fixed(now, ZoneOffset.UTC));
	}

}
