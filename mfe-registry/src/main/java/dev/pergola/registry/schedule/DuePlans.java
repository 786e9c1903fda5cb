package dev.pergola.registry.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.RolloutRequest;
import dev.pergola.registry.rollout.Rollouts;
import dev.pergola.registry.rollout.Rollouts.Step;
import dev.pergola.registry.schedule.Plan.States;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Starts and ends planned changes. Any node may: each step is a write of its own that
 * looks at the plan again under the lock, so it happens once.
 */
public final class DuePlans {

	private static final Logger LOGGER = LoggerFactory.getLogger(DuePlans.class);

	private final Journal journal;

	private final ModuleStore modules;

	private final Rollouts rollouts;

	private final PlanStore store;

	private final Clock clock;

	public DuePlans(Journal journal, ModuleStore modules, Rollouts rollouts, PlanStore store, Clock clock) {
		this.journal = journal;
		this.modules = modules;
		this.rollouts = rollouts;
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Does everything that is due now, in order. What cannot be done is noted with the
	 * plan and not tried again; while the database is away nothing is noted.
	 */
	public void run() {
		Instant now = this.clock.instant();
		this.store.due(now).forEach((id) -> step(id, now));
	}

	private void step(String id, Instant now) {
		Plan plan = this.store.find(id).orElse(null);
		if (plan == null) {
			return;
		}
		try {
			this.journal.write(plan.caller(), (write) -> step(write, id, now));
		}
		catch (DataAccessException | TransactionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			LOGGER.error("planned change failed, plan={} module={} channel={}", id, plan.module(), plan.channel(), ex);
			this.journal.write(plan.caller(), (write) -> {
				this.store.find(id)
					.filter((each) -> isDue(each, now))
					.ifPresent((each) -> fail(write, each, "the registry failed; its log has more"));
				return id;
			});
		}
	}

	/** Another node may have been first. */
	private String step(Write write, String id, Instant now) {
		this.store.find(id).filter((each) -> isDue(each, now)).ifPresent((plan) -> {
			try {
				if (plan.state() == PlanState.PLANNED) {
					start(write, plan, now);
				}
				else {
					end(write, plan);
				}
			}
			catch (InvalidRequestException ex) {
				fail(write, plan, ex.getMessage() + ": "
						+ String.join("; ", ex.findings().stream().map((finding) -> finding.message()).toList()));
			}
			catch (NotFoundException ex) {
				fail(write, plan, String.valueOf(ex.getMessage()));
			}
		});
		return id;
	}

	private void start(Write write, Plan plan, Instant now) {
		Module module = this.modules.get(plan.module());
		Instant end = plan.end();
		if (!module.team().equals(plan.team())) {
			fail(write, plan, "module %s went from team %s to team %s since it was planned".formatted(plan.module(),
					plan.team(), module.team()));
		}
		else if (end != null && !end.isAfter(now)) {
			fail(write, plan, "its end had passed before it could be started");
		}
		else {
			Step step = this.rollouts.prepare(plan.module(), plan.channel(), RolloutRequest.of(plan.wanted()));
			this.rollouts.apply(write, plan.module(), plan.channel(), step);
			this.store.start(plan.id(), new States(step.before(), step.after()));
			if (end == null) {
				this.store.finish(plan.id(), PlanState.DONE, write.at(), null);
			}
			record(write, plan, "plan.start", step);
		}
	}

	private void end(Write write, Plan plan) {
		States states = plan.states();
		Channel current = this.rollouts.current(plan.module(), plan.channel());
		if (states == null || !current.equals(states.after())) {
			this.store.finish(plan.id(), PlanState.DONE, write.at(),
					"somebody changed the channel since the start, so it was left as it is");
			record(write, plan, "plan.leave", new Step(current, current));
			return;
		}
		Step step = this.rollouts.prepare(plan.module(), plan.channel(), states.before());
		this.rollouts.apply(write, plan.module(), plan.channel(), step);
		this.store.finish(plan.id(), PlanState.DONE, write.at(), null);
		record(write, plan, "plan.end", step);
	}

	private void fail(Write write, Plan plan, String problem) {
		this.store.finish(plan.id(), PlanState.FAILED, write.at(), problem);
		write.record(new AuditFact("plan.fail", plan.subject(), plan.module(), PlanView.of(plan),
				Map.of("problem", problem)));
	}

	private static void record(Write write, Plan plan, String action, Step step) {
		write.record(new AuditFact(action, plan.subject(), plan.module(), step.before().state(), step.after().state()));
	}

	private static boolean isDue(Plan plan, Instant now) {
		Instant due = plan.due();
		return due != null && !due.isAfter(now);
	}

}
