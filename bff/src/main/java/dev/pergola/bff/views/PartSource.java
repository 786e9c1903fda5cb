package dev.pergola.bff.views;

import java.time.Duration;

import reactor.core.publisher.Mono;

/** Where parts come from. */
interface PartSource {

	/**
	 * The answer to one path.
	 * @param limit time after which the connection is given up
	 * @param patience time after which the upstream is taken to have failed
	 * @return fails with {@link PartException}
	 */
	Mono<PartBody> get(String module, String path, ViewRequest request, Duration limit, Duration patience);

}
