package dev.pergola.bff.agents.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.pergola.bff.agents.RunFacts;
import dev.pergola.bff.agents.RunListener;
import dev.pergola.bff.agents.RunSteering;
import dev.pergola.bff.agents.budgets.BudgetState;
import dev.pergola.bff.agents.budgets.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Follows the runs of this process: keeps the ledger, charges budgets, and counts.
 */
final class GoingRuns implements RunListener, InitializingBean, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(GoingRuns.class);

	private static final Duration LOOK = Duration.ofSeconds(1);

	private final Map<String, Going> going = new ConcurrentHashMap<>();

	private final RunLedger ledger;

	private final Budgets budgets;

	private final AgentMeters meters;

	private final Consumer<String> cancel;

	private final Scheduler aside;

	private final Clock clock;

	private Disposable looks = Disposables.disposed();

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
	public void afterPropertiesSet() {
		this.ledger.onStop(this::stop);
		this.looks = this.aside.schedulePeriodically(this::cutSpent, LOOK.toMillis(), LOOK.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public void destroy() {
		this.looks.dispose();
	}

	@Override
	public void onAsk(RunFacts run) {
		this.budgets.check(run.team());
	}

	@Override
	public void onBegin(RunFacts run, Instant startedAt) {
		// What a node that is gone told of it is not told, or charged, again.
		Optional<LedgerEntry> before = this.ledger.find(run.id())
			.filter((known) -> !known.state().isOver() || known.isOf(startedAt));
		if (before.isEmpty()) {
			this.ledger.findAsking(run).map(LedgerEntry::goneOn).ifPresent(this.ledger::save);
		}
		LedgerEntry entry = before.map(LedgerEntry::goingOn).orElseGet(() -> LedgerEntry.begin(run, startedAt));
		this.going.put(run.id(), new Going(entry));
		this.meters.begun(run);
		this.ledger.save(entry);
	}

	@Override
	public void onLost(RunFacts run) {
		Going lost = this.going.remove(run.id());
		if (lost != null) {
			lost.lose();
		}
	}

	@Override
	public void onEvent(RunFacts run, ObjectNode event) {
		change(run.id(), (before) -> EventReader.after(before, event, this.clock.instant()));
	}

	@Override
	public void onAbandon(RunFacts run) {
		this.meters.abandoned(run);
	}

	@Override
	public void onWithdrawn(RunFacts run) {
		this.ledger.find(run.id())
			.filter((known) -> known.state() == RunState.WAITING)
			.map(LedgerEntry::withdrawn)
			.ifPresent(this.ledger::save);
	}

	/**
	 * Notes who has a run stopped.
	 * @return whether it is going here
	 */
	boolean stop(String id, LedgerEntry.Stop stop) {
		return change(id, (before) -> before.stopped(stop));
	}

	/** How many are in a state. */
	long count(RunState state) {
		return this.going.values().stream().filter((each) -> each.run.state() == state).count();
	}

	private boolean change(String id, UnaryOperator<LedgerEntry> change) {
		Going run = this.going.get(id);
		return run != null && run.change(change);
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
			this.aside.schedule(() -> cutSpent(now.team()));
		}
	}

	// The runs of other nodes spend, too.
	private void cutSpent() {
		this.going.values().stream().map((each) -> each.run.team()).distinct().forEach(this::cutSpent);
	}

	private void cutSpent(String team) {
		this.budgets.find(team).filter((state) -> state.hard() && state.hasNothingLeft()).ifPresent(this::cut);
	}

	private void cut(BudgetState budget) {
		List<Going> all = this.going.values().stream().filter((each) -> each.run.team().equals(budget.team())).toList();
		for (Going each : all) {
			LedgerEntry run = each.run;
			if (each.beginCut()) {
				log.info("run cut: run={} because=budget team={} spent={} tokensPerDay={}", run.id(), budget.team(),
						budget.spent(), budget.tokensPerDay());
			}
			stop(run.id(), new LedgerEntry.Stop("budget", "The budget of the team is spent.", this.clock.instant()));
			// Who had it stopped before may not have been heard.
			this.cancel.accept(run.id());
		}
	}

	private final class Going {

		private volatile LedgerEntry run;

		// Guarded by this.
		private boolean lost;

		private boolean cut;

		Going(LedgerEntry run) {
			this.run = run;
		}

		/**
		 * Notes what has changed.
		 * @return whether the run is still this node's
		 */
		synchronized boolean change(UnaryOperator<LedgerEntry> change) {
			LedgerEntry before = this.run;
			LedgerEntry now = change.apply(before);
			if (now != before && !this.lost) {
				this.run = now;
				changed(before, now);
			}
			return !this.lost;
		}

		/** Another node tells of it from now on. */
		synchronized void lose() {
			this.lost = true;
			GoingRuns.this.ledger.forget(this.run.id());
		}

		/** Whether it is cut for the first time. */
		synchronized boolean beginCut() {
			boolean first = !this.cut;
			this.cut = true;
			return first;
		}

	}

}
