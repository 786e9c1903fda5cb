package dev.pergola.bff.agents.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.pergola.bff.agents.RunSteering;
import dev.pergola.bff.agents.budgets.BudgetState;
import dev.pergola.bff.agents.budgets.Budgets;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** All runs, whoever they are for. */
final class Operations {

	private static final Logger audit = LoggerFactory.getLogger("pergola.audit");

	private final RunLedger ledger;

	private final GoingRuns going;

	private final Budgets budgets;

	private final BridgeRuns bridge;

	private final RunSteering steering;

	private final Clock clock;

	Operations(RunLedger ledger, GoingRuns going, Budgets budgets, BridgeRuns bridge, RunSteering steering,
			Clock clock) {
		this.ledger = ledger;
		this.going = going;
		this.budgets = budgets;
		this.bridge = bridge;
		this.steering = steering;
		this.clock = clock;
	}

	/** Runs that are looked for, those asked for last first. */
	Mono<RunPage> find(RunSearch search, int limit) {
		return this.ledger.newestFirst().filter(search).take(limit + 1L).collectList().map((found) -> {
			List<LedgerEntry> page = found.subList(0, Math.min(limit, found.size()));
			boolean isMore = found.size() > limit;
			return new RunPage(page.stream().map(RunView::of).toList(),
					isMore ? RunSearch.Place.of(page.getLast()).toString() : null);
		});
	}

	/** One run, with what became of its program. */
	Mono<RunView> get(String id) {
		return record(id).flatMap((run) -> {
			if (run.facts().runner() == null) {
				return Mono.just(RunView.of(run));
			}
			return this.bridge.find(id).map((program) -> RunView.of(run, program)).defaultIfEmpty(RunView.of(run));
		});
	}

	/** How agents and teams are doing. */
	Mono<Overview> overview() {
		return Mono.zip(this.ledger.newestFirst().collectList(), this.ledger.completeFrom()).map((given) -> {
			Instant now = this.clock.instant();
			List<LedgerEntry> runs = given.getT1();
			Instant from = given.getT2();
			Instant day = now.minus(Summary.DAY);
			return new Overview(from.isAfter(day) ? from : day, Summary.of(runs, now), agents(runs, now),
					teams(runs, now));
		});
	}

	/**
	 * Has a run stopped, or wait no longer; does nothing to one that is over and does not
	 * wait.
	 * @return the run
	 */
	Mono<RunView> cancel(String id, Caller by, String reason, String traceId) {
		return record(id).flatMap((run) -> {
			if (run.state().isOver() && run.state() != RunState.WAITING) {
				return Mono.just(RunView.of(run));
			}
			LedgerEntry.Stop stop = new LedgerEntry.Stop(by.subject(), reason, this.clock.instant());
			boolean waited = run.state() == RunState.WAITING;
			if (!waited && !this.going.stop(id, stop)) {
				this.ledger.stop(id, stop);
			}
			return this.steering.cancel(id)
				.then(record(id))
				.map((now) -> waited ? withdrawn(now, stop) : now)
				.doOnNext((now) -> {
					if (waited ? now.state() == RunState.CANCELLED : now.stop() != null) {
						audit(now, by, reason, traceId);
					}
				})
				.map(RunView::of);
		});
	}

	// One that was answered goes on in another run: nobody has stopped it.
	private LedgerEntry withdrawn(LedgerEntry run, LedgerEntry.Stop stop) {
		if (run.state() != RunState.CANCELLED) {
			return run;
		}
		LedgerEntry stopped = run.stopped(stop);
		this.ledger.save(stopped);
		return stopped;
	}

	private static void audit(LedgerEntry run, Caller by, String reason, String traceId) {
		audit.info("agent run cancelled: run={} module={} agent={} team={} person={} by={} traceId={} reason=\"{}\"",
				run.id(), run.facts().module(), run.facts().agent(), run.team(), run.facts().person(), by.subject(),
				traceId, reason);
	}

	private Mono<LedgerEntry> record(String id) {
		return Mono.defer(() -> Mono.justOrEmpty(this.ledger.find(id)))
			.switchIfEmpty(Mono.error(() -> new BffException(Failure.UNKNOWN_RUN, "There is no such run.")));
	}

	private static List<AgentSummary> agents(List<LedgerEntry> runs, Instant now) {
		return Summary.by(runs, (run) -> run.facts().module() + "/" + run.facts().agent())
			.values()
			.stream()
			.map((of) -> {
				LedgerEntry latest = of.getFirst();
				return new AgentSummary(latest.facts().module(), latest.facts().agent(), latest.team(),
						Summary.of(of, now));
			})
			.toList();
	}

	private List<TeamSummary> teams(List<LedgerEntry> runs, Instant now) {
		Map<String, List<LedgerEntry>> byTeam = Summary.by(runs, LedgerEntry::team);
		TreeSet<String> teams = new TreeSet<>(byTeam.keySet());
		teams.addAll(this.budgets.named());
		return teams.stream()
			.map((team) -> new TeamSummary(team, Summary.of(byTeam.getOrDefault(team, List.of()), now),
					this.budgets.find(team).orElse(null)))
			.toList();
	}

	/**
	 * Some runs.
	 *
	 * @param next where the following ones begin, {@code null} when there are none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record RunPage(List<RunView> runs, @Nullable String next) {

	}

	/**
	 * How all are doing.
	 *
	 * @param from since when runs are counted; less than a day when this process is young
	 * or had many
	 */
	record Overview(Instant from, Summary all, List<AgentSummary> agents, List<TeamSummary> teams) {

	}

	/** How an agent is doing. */
	record AgentSummary(String module, String agent, String team, @JsonUnwrapped Summary summary) {

	}

	/**
	 * How a team's agents are doing.
	 *
	 * @param budget {@code null} for a team that may spend as much as it likes
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record TeamSummary(String team, @JsonUnwrapped Summary summary, @Nullable BudgetState budget) {

	}

}
