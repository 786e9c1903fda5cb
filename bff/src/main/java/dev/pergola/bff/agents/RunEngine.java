package dev.pergola.bff.agents;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

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

	private final Runs runs;

	private final AgentDriver bridge;

	private final AgentDriver http;

	private final AgentProperties properties;

	private Disposable sweeper = () -> {
	};

	RunEngine(Runs runs, AgentDriver bridge, AgentDriver http, AgentProperties properties) {
		this.runs = runs;
		this.bridge = bridge;
		this.http = http;
		this.properties = properties;
	}

	@Override
	public void afterPropertiesSet() {
		this.sweeper = Sweeps.every(SWEEP, this::sweep);
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
				.subscribe(run::accept, (ex) -> fail(run, ex), () -> fail(run, UpstreamRunException.lost())));
	}

	/** Has a run stopped; returns at once, and may be called again. */
	void cancel(Run run) {
		if (run.beginCancel()) {
			log.info("run cancelled: run={}", run.request().upstreamRunId());
			stop(run);
		}
	}

	private void stop(Run run) {
		driver(run.request()).cancel(run.request())
			// Not heard is not stopped: wait for what the stream says.
			.onErrorReturn(true)
			.flatMap((told) -> told ? run.ended().timeout(this.properties.cancelBudget())
					: Mono.fromRunnable(run::cancelled))
			.subscribe(null, (ex) -> run.fail("CANCEL_UNCONFIRMED", "The agent did not confirm that it stopped."));
	}

	/** Ends what takes too long or is watched by nobody, forgets what is long over. */
	void sweep() {
		Instant now = this.runs.now();
		for (Run run : this.runs.all()) {
			run.log().cutSlow(System.nanoTime(), this.properties.maxBehind());
			if (run.isOver()) {
				continue;
			}
			if (run.startedAt().plus(this.properties.maxDuration()).isBefore(now)) {
				run.fail("RUN_TOO_LONG", "The run took longer than is allowed.");
				driver(run.request()).cancel(run.request()).onErrorComplete().subscribe();
			}
			else if (run.watchedAt(now).plus(this.properties.abandonAfter()).isBefore(now)) {
				cancel(run);
			}
		}
		this.runs.forgetOld();
	}

	private AgentDriver driver(RunRequest request) {
		return (request.offer().agent().runner() != null) ? this.bridge : this.http;
	}

	private static void fail(Run run, Throwable ex) {
		log.warn("run broke: run={} because={}", run.request().upstreamRunId(), ex.toString());
		switch (ex) {
			case UpstreamRunException told -> run.fail(told.code(), String.valueOf(told.getMessage()));
			case FrameTooLongException tooLong ->
				run.fail("EVENT_TOO_LARGE", "The agent sent an event larger than is allowed.");
			case TimeoutException silent ->
				run.fail("UPSTREAM_SILENT", "The agent has not been heard of for too long.");
			case ConnectException refused -> run.fail("AGENT_UNAVAILABLE", "The agent is not reachable.");
			case UnknownHostException unknown -> run.fail("AGENT_UNAVAILABLE", "The agent is not reachable.");
			case IOException broken -> run.fail("UPSTREAM_TRUNCATED", "The agent's answer broke off.");
			default -> run.fail("INTERNAL", "The portal could not go on with the run.");
		}
	}

}
