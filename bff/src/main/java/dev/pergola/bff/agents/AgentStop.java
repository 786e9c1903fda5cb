package dev.pergola.bff.agents;

import java.time.Duration;

import dev.pergola.bff.runlog.RunHome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Has agents stop whose runs the portal has ended: nobody hears what they say any more,
 * and they would go on spending.
 */
final class AgentStop {

	private static final Logger log = LoggerFactory.getLogger(AgentStop.class);

	private final RunHome home;

	private final AgentProperties properties;

	AgentStop(RunHome home, AgentProperties properties) {
		this.home = home;
		this.properties = properties;
	}

	/**
	 * Tells the agent, again where it cannot be told at first; returns at once. Nothing
	 * when the run is another node's by now.
	 */
	void tell(Run run, AgentDriver driver) {
		isOurs(run).filter((ours) -> ours).subscribe((ours) -> tell(run.request(), driver));
	}

	/** The same, whichever node has the run. */
	void tell(RunRequest request, AgentDriver driver) {
		driver.cancel(request)
			.retryWhen(Retry.backoff(this.properties.reconnects(), this.properties.reconnectWait())
				.maxBackoff(Duration.ofSeconds(5)))
			.subscribe(null, (ex) -> log.warn("agent may go on, as it cannot be told to stop: run={} because={}",
					request.upstreamRunId(), ex.toString()));
	}

	// Where nobody can say, a program that spends for nobody is the worse mistake.
	private Mono<Boolean> isOurs(Run run) {
		return this.home.findBrief(run.request().name())
			.map((record) -> record.progress().epoch() == run.progress().epoch())
			.onErrorReturn(true)
			.defaultIfEmpty(true);
	}

}
