package dev.pergola.bff.agents;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.Heir;
import dev.pergola.bff.runlog.HomeAwayException;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.LogEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Runs of all nodes: those this one writes, and those of others as far as somebody asks
 * for them here.
 */
final class RunDirectory implements Heir, InitializingBean, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(RunDirectory.class);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Duration SWEEP = Duration.ofSeconds(1);

	/** Times the questions of a thread are read again when somebody else was faster. */
	private static final int TRIES = 3;

	/** Looks for questions that should be there. */
	private static final int LOOKS = 6;

	private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

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

	/**
	 * Starts a run, or finds the one started before, wherever that is.
	 * @return a run whose first event is in its log
	 */
	Mono<Run> start(RunRequest request) {
		if (!this.home.isShared()) {
			return Mono.fromCallable(() -> this.engine.start(request));
		}
		return Mono.defer(() -> {
			Optional<Run> same = this.runs.findSame(request);
			return same.isPresent() ? Mono.just(same.get()) : claim(request, TRIES);
		}).onErrorResume(HomeAwayException.class, (ex) -> startAlone(request));
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
		Optional<Run> own = this.runs.find(name);
		if (own.isPresent()) {
			this.engine.cancel(own.get());
			return Mono.empty();
		}
		return this.home.find(name)
			.switchIfEmpty(Mono.error(RunViewer::unknownRun))
			.flatMap((record) -> this.home.cancel(name))
			.onErrorMap(HomeAwayException.class, (ex) -> unavailable());
	}

	/** A person's runs, newest first. */
	Mono<List<ThreadRun>> of(Caller caller) {
		String owner = RunRequest.owner(caller);
		List<ThreadRun> own = this.runs.of(owner).stream().map(Run::inThread).toList();
		Set<String> known = own.stream().map(ThreadRun::runId).collect(Collectors.toSet());
		return this.home.of(owner)
			.filter((record) -> !known.contains(record.name().runId()))
			.map(RunDirectory::inThread)
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

	private Mono<Run> claim(RunRequest request, int tries) {
		return asked(request).zipWhen((waiting) -> isKnown(request), (waiting, known) -> {
			waiting.check(request, this.runs.now(), known);
			return waiting;
		}).flatMap((waiting) -> {
			Run run = this.runs.prepare(request);
			run.answers(waiting.runId());
			RunRecord record = run.record(first(request, run));
			return this.home.claim(record, waiting.runId()).flatMap((claim) -> switch (claim) {
				case GRANTED -> Mono.fromCallable(() -> own(run, record));
				case EXISTS -> findSame(request);
				case MOVED -> (tries > 1) ? claim(request, tries - 1) : Mono.error(RunDirectory::moved);
			});
		});
	}

	// Runs are written behind: a person may answer before the question is there.
	private Mono<OpenInterrupts> asked(RunRequest request) {
		Mono<OpenInterrupts> now = this.home.waiting(request.name().owner(), request.input().threadId())
			.map(RunDirectory::asks)
			.defaultIfEmpty(OpenInterrupts.NONE);
		return Flux.range(0, LOOKS)
			.concatMap((look) -> (look == 0) ? now : now.delaySubscription(LOOK_AGAIN), 1)
			.takeUntil((waiting) -> isLikely(waiting, request))
			.last();
	}

	private boolean isLikely(OpenInterrupts waiting, RunRequest request) {
		boolean answers = !request.input().json().path("resume").isEmpty();
		String asksHere = ThreadRun.waiting(this.runs.thread(request)).runId();
		return !waiting.all().isEmpty() || (!answers && asksHere.isEmpty());
	}

	// Matters for answers alone: of a thread nobody here knows, the agent judges them.
	private Mono<Boolean> isKnown(RunRequest request) {
		if (request.input().json().path("resume").isEmpty()) {
			return Mono.just(true);
		}
		return this.home.of(request.name().owner())
			.any((record) -> record.threadId().equals(request.input().threadId()));
	}

	private Run own(Run run, RunRecord record) {
		this.runs.put(run);
		this.home.keep(new Keeper(run, this.runs, this.engine, record));
		this.engine.begin(run);
		return run;
	}

	// The agent-bridge starts nothing twice, whichever node asks; an HTTP agent would.
	private Mono<Run> startAlone(RunRequest request) {
		if (request.offer().agent().runner() == null) {
			return Mono.error(unavailable());
		}
		return Mono.fromCallable(() -> {
			Runs.Added added = this.runs.add(request);
			if (added.isNew()) {
				log.warn("run is known here only, as nobody else can be told: run={}", request.upstreamRunId());
				own(added.run(), added.run().record(first(request, added.run())));
			}
			return added.run();
		});
	}

	private static RunRecord first(RunRequest request, Run run) {
		return new RunRecord(request.name(), request.input().threadId(), request.input().digest(),
				StoredRequest.write(request), run.startedAt(), run.answers(), run.progress());
	}

	private static ThreadRun inThread(RunRecord record) {
		RunRecord.Progress progress = record.progress();
		return new ThreadRun(StoredRequest.read(record.facts()), Outcome.valueOf(progress.outcome()),
				record.startedAt(), progress.endedAt(), interrupts(progress.questions()), progress.isTaken());
	}

	private static List<ObjectNode> interrupts(String json) {
		return json.isEmpty() ? List.of()
				: JSON.readTree(json)
					.valueStream()
					.filter(ObjectNode.class::isInstance)
					.map(ObjectNode.class::cast)
					.toList();
	}

	private static OpenInterrupts asks(RunRecord record) {
		return ThreadRun.waiting(List.of(inThread(record)));
	}

	private static BffException moved() {
		return new BffException(Failure.INTERRUPT_OPEN, "Somebody else has just answered in this thread.");
	}

	private static BffException unavailable() {
		return new BffException(Failure.RUNS_UNAVAILABLE, "Runs of other nodes cannot be asked for at the moment.");
	}

}
