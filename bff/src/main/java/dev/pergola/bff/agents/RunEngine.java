package dev.pergola.bff.agents;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.streams.FrameTooLongException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Starts runs, feeds their logs from upstream, and ends them. */
final class RunEngine implements InitializingBean, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(RunEngine.class);

	private static final Duration SWEEP = Duration.ofSeconds(1);

	/** Parts of a sweep. */
	static final int STEPS = 20;

	private final Runs runs;

	private final AgentDriver bridge;

	private final AgentDriver http;

	private final AgentStop agents;

	private final AgentProperties properties;

	private final Round<Run> round;

	private Disposable sweeper = () -> {
	};

	RunEngine(Runs runs, AgentDriver bridge, AgentDriver http, RunHome home, AgentProperties properties) {
		this.runs = runs;
		this.bridge = bridge;
		this.http = http;
		this.agents = new AgentStop(home, properties);
		this.properties = properties;
		this.round = new Round<>(runs.all(), STEPS);
	}

	@Override
	public void afterPropertiesSet() {
		this.sweeper = Sweeps.every(SWEEP.dividedBy(STEPS), this::sweepPart);
	}

	@Override
	public void destroy() {
		this.sweeper.dispose();
		this.runs.stop();
	}

	/**
	 * Starts a run, or finds the one started before.
	 * @return a run whose first event is in its log
	 */
	Run start(RunRequest request) {
		Runs.Added added = this.runs.add(request);
		Run run = added.run();
		if (added.isNew()) {
			begin(run);
		}
		return run;
	}

	/** Has a run done that was added. */
	void begin(Run run) {
		RunRequest request = run.request();
		log.info("run started: module={} agent={} run={} traceId={}", request.offer().module(),
				request.offer().agent().id(), request.upstreamRunId(), request.trace().traceId());
		follow(run, null);
	}

	/**
	 * Goes on with a run another node began, which only its agent-bridge can do: of an
	 * HTTP agent's answer the lost node had the only reader.
	 * @param upstreamId the upstream's name of the last event in the log, empty for none
	 */
	void goOn(Run run, String upstreamId) {
		log.info("run taken over: run={}", run.request().upstreamRunId());
		if (run.request().offer().agent().runner() == null) {
			run.fail("NODE_LOST", "The part of the portal that listened to the agent is gone.");
			return;
		}
		follow(run, upstreamId.isEmpty() ? null : upstreamId);
		if (run.isCancelling()) {
			stop(run);
		}
	}

	private void follow(Run run, @Nullable String lastEventId) {
		run.ended()
			.subscribe(null, null, () -> log.info("run ended: run={} outcome={} dropped={}",
					run.request().upstreamRunId(), run.outcome(), run.dropped()));
		run.upstream()
			.update(driver(run.request()).follow(run.request(), lastEventId)
				.subscribe((told) -> take(run, told), (ex) -> fail(run, ex),
						() -> fail(run, UpstreamRunException.lost())));
	}

	private void take(Run run, UpstreamEvent told) {
		boolean isFirst = !run.isTaken();
		run.accept(told);
		if (isFirst && run.isCancelling() && !run.isOver()) {
			// Whoever was told before the agent was there has told nobody.
			stop(run);
		}
		if (run.outcome() == Outcome.FAILED && !AgUiEvents.type(told.next().event()).equals("RUN_ERROR")) {
			this.agents.tell(run, driver(run.request()));
		}
	}

	/** Ends a run whose agent has not ended. */
	private void end(Run run, String code, String message) {
		if (run.fail(code, message)) {
			this.agents.tell(run, driver(run.request()));
		}
	}

	/**
	 * Has a run stopped, or its agent wait no longer; returns at once, and may be called
	 * again.
	 */
	void cancel(Run run) {
		if (run.beginCancel()) {
			log.info("run cancelled: run={}", run.request().upstreamRunId());
			stop(run);
		}
		else if (!run.interrupts().isEmpty()) {
			dismiss(run.request());
		}
	}

	/**
	 * Has the agent of a run that is over wait no longer, whichever node has the run;
	 * returns at once, and may be called again.
	 */
	void dismiss(RunRequest request) {
		log.info("run waits no longer: run={}", request.upstreamRunId());
		this.agents.tell(request, driver(request));
	}

	private void stop(Run run) {
		driver(run.request()).cancel(run.request())
			// Not heard is not stopped: wait for what the stream says.
			.onErrorReturn(true)
			.flatMap((told) -> told ? run.ended().timeout(this.properties.cancelBudget())
					: Mono.fromRunnable(run::cancelled))
			// It may have asked just before it was told.
			.doOnSuccess((end) -> {
				if (!run.interrupts().isEmpty()) {
					this.runs.withdraw(run.request());
				}
			})
			.subscribe(null, (ex) -> end(run, "CANCEL_UNCONFIRMED", "The agent did not confirm that it stopped."));
	}

	/**
	 * Ends what takes too long, is watched by nobody or has no room, forgets what is long
	 * over: all of it in {@link #STEPS} calls.
	 */
	void sweepPart() {
		Instant now = this.runs.now();
		if (this.round.step((run) -> look(run, now))) {
			this.runs.forgetOld();
			this.runs.excess()
				.ifPresent((run) -> end(run, "RUN_TOO_LARGE", "The portal holds as much of runs as it can."));
		}
	}

	private void look(Run run, Instant now) {
		run.log().cutSlow(System.nanoTime(), this.properties.maxBehind());
		if (run.isOver()) {
			return;
		}
		if (run.startedAt().plus(this.properties.maxDuration()).isBefore(now)) {
			end(run, "RUN_TOO_LONG", "The run took longer than is allowed.");
		}
		else if (run.watchedAt(now).plus(this.properties.abandonAfter()).isBefore(now) && !run.isCancelling()) {
			this.runs.abandon(run);
			cancel(run);
		}
	}

	private AgentDriver driver(RunRequest request) {
		return (request.offer().agent().runner() != null) ? this.bridge : this.http;
	}

	private void fail(Run run, Throwable ex) {
		log.warn("run broke: run={} because={}", run.request().upstreamRunId(), ex.toString());
		switch (ex) {
			case UpstreamRunException told when told.isRefusal() ->
				run.fail(told.code(), String.valueOf(told.getMessage()));
			case UpstreamRunException told -> end(run, told.code(), String.valueOf(told.getMessage()));
			case FrameTooLongException tooLong ->
				end(run, "EVENT_TOO_LARGE", "The agent sent an event larger than is allowed.");
			case TimeoutException silent ->
				end(run, "UPSTREAM_SILENT", "The agent has not been heard of for too long.");
			case ConnectException refused -> end(run, "AGENT_UNAVAILABLE", "The agent is not reachable.");
			case UnknownHostException unknown -> end(run, "AGENT_UNAVAILABLE", "The agent is not reachable.");
			case IOException broken -> end(run, "UPSTREAM_TRUNCATED", "The agent's answer broke off.");
			default -> end(run, "INTERNAL", "The portal could not go on with the run.");
		}
	}

}
