package dev.pergola.bff.agents;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Has runs done in one of the ways there are. */
interface AgentDriver {

	/**
	 * Starts the run and answers its AG-UI events as the upstream tells them. To cancel
	 * the subscription frees the connection.
	 * @param lastEventId the upstream's name of the last event seen, after which it goes
	 * on where it can do that; {@code null} to start the run
	 * @return completes when the upstream's answer ends, whether or not an end was told;
	 * fails with {@link UpstreamRunException} or what the client throws
	 */
	Flux<UpstreamEvent> follow(RunRequest request, @Nullable String lastEventId);

	/**
	 * Asks the upstream to stop.
	 * @return {@code true} when the upstream tells the end itself, on the stream
	 */
	Mono<Boolean> cancel(RunRequest request);

}
