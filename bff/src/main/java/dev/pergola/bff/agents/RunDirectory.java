package dev.pergola.bff.agents;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.Heir;
import dev.pergola.bff.runlog.HomeAwayException;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.LogEntry;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Runs of all nodes: those this one writes, and those of others as far as somebody asks
 * for them here. Takes over the runs of nodes that are gone.
 */
final class RunDirectory implements RunSteering, Heir, InitializingBean, DisposableBean {

	private static final Duration SWEEP = Duration.ofSeconds(1);

	private final Runs runs;

	private final RunEngine engine;

	private final RunHome home;

	private final AgentProperties properties;

	private final Replicas replicas;

	private Disposable sweeper = Disposables.disposed();

	RunDirectory(Runs runs, RunEngine engine, RunHome home, AgentProperties properties) {
		this.runs = runs;
		this.engine = engine;
		this.home = home;
		this.properties = properties;
		this.replicas = new Replicas(home, properties);
	}

	@Override
	public void afterPropertiesSet() {
		this.sweeper = Sweeps.every(SWEEP, this::sweep);
		this.home.heir(this);
	}

	@Override
	public void destroy() {
		this.sweeper.dispose();
		this.replicas.stop();
	}

	private void sweep() {
		this.replicas.sweep(this.runs.now());
		this.home.retain((name) -> this.runs.find(name).isPresent());
	}

	/** Runs of other nodes that are watched here. */
	int replicas() {
		return this.replicas.size();
	}

	/** A run that was asked for before, under the same name. */
	Mono<Run> findSame(RunRequest request) {
		return find(request.name()).doOnNext((run) -> Runs.checkSame(run.request(), request));
	}

	/** A person's run; empty when there is none. */
	Mono<Run> find(RunName name) {
		return Mono.defer(() -> Mono.justOrEmpty(this.runs.find(name)))
			.switchIfEmpty(this.home.find(name).flatMap((record) -> this.replicas.open(record, this.runs.now())))
			.onErrorMap(HomeAwayException.class, (ex) -> unavailable());
	}

	/** Has a run stopped; fails when there is none. */
	Mono<Void> cancel(RunName name) {
		return this.runs.find(name).isPresent() ? cancel(RunRequest.upstreamRunId(name))
				: this.home.find(name)
					.onErrorMap(HomeAwayException.class, (ex) -> unavailable())
					.switchIfEmpty(Mono.error(RunViewer::unknownRun))
					.flatMap((record) -> cancel(RunRequest.upstreamRunId(name)));
	}

	@Override
	public Mono<Void> cancel(String id) {
		Optional<Run> own = this.runs.find(id);
		own.ifPresent(this.engine::cancel);
		if (own.isPresent() && own.get().interrupts().isEmpty()) {
			return Mono.empty();
		}
		Mono<RunRequest> waits = this.home.isShared() ? noted(RunRequest.digest(id))
				: Mono.justOrEmpty(own).map(Run::request).filter(this::isWaiting);
		return waits.doOnNext((request) -> {
			if (own.isEmpty()) {
				this.engine.dismiss(request);
			}
			this.runs.withdraw(request);
		}).then();
	}

	/** Tells whoever writes the run; answers it where it is one that waits. */
	private Mono<RunRequest> noted(String digest) {
		return this.home.cancel(digest)
			.filter((record) -> record.progress().endedAt() != null && !record.progress().questions().isEmpty())
			.filterWhen((record) -> this.home.waiting(record.name().owner(), record.threadId())
				.map((waiting) -> waiting.name().equals(record.name()))
				.defaultIfEmpty(false))
			.map((record) -> StoredRequest.read(record.facts()))
			.onErrorMap(HomeAwayException.class, (ex) -> unavailable());
	}

	// One that was answered is another run's by now.
	private boolean isWaiting(RunRequest request) {
		return ThreadRun.waiting(this.runs.thread(request)).runId().equals(request.input().runId());
	}

	/** A person's runs, newest first. */
	Mono<List<ThreadRun>> of(Caller caller) {
		String owner = RunRequest.owner(caller);
		List<ThreadRun> own = this.runs.of(owner).stream().map(ThreadRun::of).toList();
		Set<String> known = own.stream().map(ThreadRun::runId).collect(Collectors.toSet());
		return this.home.of(owner)
			.filter((record) -> !known.contains(record.name().runId()))
			.map(ThreadRun::of)
			.collectList()
			// What is here is better than nothing.
			.onErrorReturn(HomeAwayException.class, List.of())
			.map((others) -> Stream.concat(own.stream(), others.stream())
				.sorted(Comparator.comparing(ThreadRun::startedAt).reversed())
				.toList());
	}

	@Override
	public void inherit(RunRecord record, List<LogEntry<byte[]>> events) {
		Run run = Run.replica(record, this.properties, this.runs.now());
		events.forEach((entry) -> run.restore(entry.id(), entry.value()));
		run.log().beginEpoch(record.progress().epoch());
		if (events.isEmpty()) {
			run.start();
		}
		this.runs.put(run);
		this.home.keep(new Keeper(run, this.runs, this.engine, record));
		if (!run.isOver()) {
			this.engine.goOn(run, (record.progress().upstreamId() != null) ? record.progress().upstreamId() : "");
		}
	}

	static BffException unavailable() {
		return new BffException(Failure.RUNS_UNAVAILABLE, "Runs of other nodes cannot be asked for at the moment.");
	}

}
