package dev.pergola.bff.agents;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.Claim;
import dev.pergola.bff.runlog.HomeAwayException;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.runlog.RunRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Starts runs, each once, whichever nodes are asked for it. */
final class RunStarter {

	private static final Logger log = LoggerFactory.getLogger(RunStarter.class);

	/** Times the questions of a thread are read again when somebody else was faster. */
	private static final int TRIES = 3;

	/** Looks for questions that should be there. */
	private static final int LOOKS = 6;

	private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

	private final Runs runs;

	private final RunEngine engine;

	private final RunHome home;

	private final RunDirectory directory;

	RunStarter(Runs runs, RunEngine engine, RunHome home, RunDirectory directory) {
		this.runs = runs;
		this.engine = engine;
		this.home = home;
		this.directory = directory;
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

	private Mono<Run> claim(RunRequest request, int tries) {
		return asked(request).zipWhen((waiting) -> isKnown(request), (waiting, known) -> {
			waiting.check(request, this.runs.now(), known);
			return waiting;
		})
			.flatMap((waiting) -> Mono.using(() -> this.runs.prepare(request), (run) -> claim(run, waiting, tries),
					this.runs::release));
	}

	private Mono<Run> claim(Run run, OpenInterrupts waiting, int tries) {
		RunRequest request = run.request();
		run.answers(waiting.runId());
		RunRecord record = first(run);
		return this.home.claim(record, waiting.runId())
			.map(Optional::of)
			.onErrorReturn(HomeAwayException.class, Optional.<Claim>empty())
			.flatMap((claim) -> claim.isEmpty() ? goOnUnheard(run) : switch (claim.get()) {
				case GRANTED -> Mono.fromCallable(() -> own(run, record));
				case EXISTS -> this.directory.findSame(request);
				case MOVED -> {
					this.runs.release(run);
					yield (tries > 1) ? claim(request, tries - 1) : Mono.error(RunStarter::moved);
				}
			});
	}

	// Runs are written behind: a person may answer before the question is there.
	private Mono<OpenInterrupts> asked(RunRequest request) {
		Mono<OpenInterrupts> now = this.home.waiting(request.name().owner(), request.input().threadId())
			.map(ThreadRun::asked)
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

	// The claim may have come through: under another epoch, who wrote it would be taken
	// for
	// somebody else.
	private Mono<Run> goOnUnheard(Run run) {
		return alone(run.request(), () -> this.runs.adopt(run));
	}

	private Mono<Run> startAlone(RunRequest request) {
		return alone(request, () -> this.runs.add(request));
	}

	// The agent-bridge starts nothing twice, whichever node asks; an HTTP agent would.
	private Mono<Run> alone(RunRequest request, Supplier<Runs.Added> add) {
		if (request.offer().agent().runner() == null) {
			return Mono.error(RunDirectory.unavailable());
		}
		return Mono.fromCallable(() -> {
			Runs.Added added = add.get();
			if (added.isNew()) {
				log.warn("run is known here only, as nobody else can be told: run={}", request.upstreamRunId());
				own(added.run(), first(added.run()));
			}
			return added.run();
		});
	}

	private static RunRecord first(Run run) {
		RunRequest request = run.request();
		return new RunRecord(request.name(), request.input().threadId(), request.input().digest(),
				StoredRequest.write(request), StoredRequest.writeBrief(request), run.startedAt(), run.answers(),
				run.progress());
	}

	private static BffException moved() {
		return new BffException(Failure.INTERRUPT_OPEN, "Somebody else has just answered in this thread.");
	}

}
