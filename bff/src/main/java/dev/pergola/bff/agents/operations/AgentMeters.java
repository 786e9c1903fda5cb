package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.pergola.bff.agents.RunFacts;
import dev.pergola.bff.agents.budgets.BudgetState;
import dev.pergola.bff.agents.budgets.Budgets;
import dev.pergola.bff.routing.CatalogListener;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/** Meters of runs, for as long as the catalog has their modules. */
final class AgentMeters implements CatalogListener {

	private final MeterRegistry registry;

	private final Budgets budgets;

	// By module.
	private final Map<String, Set<Meter>> meters = new ConcurrentHashMap<>();

	private final Map<String, Gauge> teams = new ConcurrentHashMap<>();

	AgentMeters(MeterRegistry registry, Budgets budgets) {
		this.registry = registry;
		this.budgets = budgets;
		budgets.named().forEach(this::watch);
	}

	/** A run begins: what may be counted of it is there, with 0. */
	void begun(RunFacts run) {
		abandonments(run);
	}

	/** A run is stopped because nobody watches it. */
	void abandoned(RunFacts run) {
		abandonments(run).increment();
	}

	private Counter abandonments(RunFacts run) {
		return keep(run,
				Counter.builder("pergola.bff.agents.abandoned")
					.description("Runs that were stopped because nobody watched them")
					.tags(tags(run))
					.register(this.registry));
	}

	/** A run is further than it was. */
	void changed(LedgerEntry before, LedgerEntry now) {
		if (before.startedAt() == null) {
			record(now, now.queued(), Timer.builder("pergola.bff.agents.queue").description("Time until a run's turn"));
		}
		if (before.firstByteAt() == null) {
			record(now, now.untilFirstByte(),
					Timer.builder("pergola.bff.agents.first.byte").description("Time until an agent says something"));
		}
		count(now, "input", now.tokens().input() - before.tokens().input());
		count(now, "output", now.tokens().output() - before.tokens().output());
		record(now, now.duration(),
				Timer.builder("pergola.bff.agents.runs")
					.description("Runs that are over")
					.tag("outcome", now.state().text()));
	}

	@Override
	public void onCatalog(Catalog catalog) {
		Set<String> live = catalog.modules().stream().map(CatalogModule::module).collect(Collectors.toSet());
		this.meters.entrySet().removeIf((module) -> {
			boolean isGone = !live.contains(module.getKey());
			if (isGone) {
				module.getValue().forEach(this.registry::remove);
			}
			return isGone;
		});
	}

	private void record(LedgerEntry run, @Nullable Duration time, Timer.Builder timer) {
		if (time != null) {
			keep(run.facts(), timer.tags(tags(run.facts())).register(this.registry)).record(time);
		}
	}

	private void count(LedgerEntry run, String kind, long tokens) {
		if (tokens > 0) {
			keep(run.facts(),
					Counter.builder("pergola.bff.agents.tokens")
						.description("Tokens of language models")
						.tags(tags(run.facts()).and("kind", kind))
						.register(this.registry))
				.increment(tokens);
			watch(run.team());
		}
	}

	private <M extends Meter> M keep(RunFacts run, M meter) {
		this.meters.computeIfAbsent(run.module(), (module) -> ConcurrentHashMap.newKeySet()).add(meter);
		return meter;
	}

	private void watch(String team) {
		if (this.budgets.find(team).isPresent()) {
			this.teams.computeIfAbsent(team,
					(name) -> Gauge
						.builder("pergola.bff.agents.budget.used", this.budgets,
								(all) -> all.find(name).map(BudgetState::share).orElse(0.0))
						.description("Share of a team's budget of today that is spent")
						.tag("team", name)
						.register(this.registry));
		}
	}

	private static Tags tags(RunFacts run) {
		return Tags.of("module", run.module(), "agent", run.agent(), "team", run.team());
	}

}
