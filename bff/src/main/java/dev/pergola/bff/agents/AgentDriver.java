package dev.pergola.bff.agents;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Has runs done in one of the ways there are. */
interface AgentDriver {

	/**
	 * Starts the run and answers its AG-UI events as the upstream tells them. To cancel
	 * the subscription frees the connection.
	 * @return completes when the upstream's answer ends, whether or not an end was told;
	 * fails with {@link UpstreamRunException} or what the client throws
	 */
	Flux<ObjectNode> open(RunRequest request);

	/**
	 * The same with the upstream's names of its events, from after one of them where the
	 * upstream can do that.
	 * @param lastEventId name of the last event seen, {@code null} to start the run
	 */
	default Flux<UpstreamEvent> follow(RunRequest request, @Nullable String lastEventId) {
		return open(request).map((event) -> new UpstreamEvent(null, event));
	}

	/**
	 * Asks the upstream to stop.
	 * @return {@code true} when the upstream tells the end itself, on the stream
	 */
	Mono<Boolean> cancel(RunRequest request);

}
