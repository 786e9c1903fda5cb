package dev.pergola.bff.agents.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.pergola.bff.agents.RunFacts;
import dev.pergola.bff.agents.RunListener;
import dev.pergola.bff.agents.RunSteering;
import dev.pergola.bff.agents.budgets.BudgetState;
import dev.pergola.bff.agents.budgets.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows the runs of this process: keeps the ledger, charges budgets, and counts.
 */
final class GoingRuns implements RunListener {

	private static final Logger log = LoggerFactory.getLogger(GoingRuns.class);

	private final Map<String, Going> going = new ConcurrentHashMap<>();

	private final RunLedger ledger;

	private final Budgets budgets;

	private final AgentMeters meters;

	private final Consumer<String> cancel;

	private final Scheduler aside;

	private final Clock clock;

	/**
	 * Follows runs.
	 * @param cancel as {@link RunSteering} has it
	 * @param aside where runs are stopped, as that cannot be done while one is told of
	 */
	GoingRuns(RunLedger ledger, Budgets budgets, AgentMeters meters, Consumer<String> cancel, Scheduler aside,
			Clock clock) {
		this.ledger = ledger;
		this.budgets = budgets;
		this.meters = meters;
		this.cancel = cancel;
		this.aside = aside;
		this.clock = clock;
	}

	@Override
	public void onAsk(RunFacts run) {
		this.budgets.check(run.team());
	}

	@Override
	public void onBegin(RunFacts run, Instant startedAt) {
		LedgerEntry entry = LedgerEntry.begin(run, startedAt);
		this.going.put(run.id(), new Going(entry));
		this.ledger.save(entry);
	}

	@Override
	public void onLost(RunFacts run) {
		if (this.going.remove(run.id()) != null) {
			this.ledger.forget(run.id());
		}
	}

	@Override
	public void onEvent(RunFacts run, ObjectNode event) {
		change(run.id(), (before) -> EventReader.after(before, event, this.clock.instant()));
	}

	/** Notes who has a run stopped; nothing for one that is over. */
	void stop(String id, LedgerEntry.Stop stop) {
		change(id, (before) -> before.stopped(stop));
	}

	/** How many are in a state. */
	long count(RunState state) {
		return this.going.values().stream().filter((each) -> each.run.state() == state).count();
	}

	private void change(String id, UnaryOperator<LedgerEntry> change) {
		Going run = this.going.get(id);
		if (run != null) {
			run.change(change);
		}
	}

	private void changed(LedgerEntry before, LedgerEntry now) {
		this.ledger.save(now);
		this.meters.changed(before, now);
		if (now.state().isOver()) {
			this.going.remove(now.id());
		}
		long more = now.tokens().total() - before.tokens().total();
		if (more > 0) {
			this.budgets.spend(now.team(), more);
			this.budgets.find(now.team())
				.filter((state) -> state.hard() && state.hasNothingLeft())
				.ifPresent((state) -> this.aside.schedule(() -> cut(state)));
		}
	}

	private void cut(BudgetState budget) {
		List<LedgerEntry> runs = this.going.values()
			.stream()
			.map((each) -> each.run)
			.filter((run) -> run.team().equals(budget.team()) && run.stop() == null)
			.toList();
		for (LedgerEntry run : runs) {
			log.info("run cut: run={} because=budget team={} spent={} tokensPerDay={}", run.id(), budget.team(),
					budget.spent(), budget.tokensPerDay());
			stop(run.id(), new LedgerEntry.Stop("budget", "The budget of the team is spent.", this.clock.instant()));
			this.cancel.accept(run.id());
		}
	}

	private final class Going {

		private volatile LedgerEntry run;

		Going(LedgerEntry run) {
			this.run = run;
		}

		synchronized void change(UnaryOperator<LedgerEntry> change) {
			LedgerEntry before = this.run;
			LedgerEntry now = change.apply(before);
			if (now != before) {
				this.run = now;
				changed(before, now);
			}
		}

	}

}
