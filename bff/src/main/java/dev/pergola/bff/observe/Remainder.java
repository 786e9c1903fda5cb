package dev.pergola.bff.observe;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The part of an answer that goes on when all who handled the request are done with it: a
 * stream that is open for half an hour holds no request, no session and no filter.
 */
public interface Remainder {

	/**
	 * Sends it; status and headers are said already.
	 * @return completes when all is sent
	 */
	Mono<Void> send(HttpServerResponse response);

	/** Called instead of {@link #send} where there is nobody left to send it to. */
	void drop();

}
