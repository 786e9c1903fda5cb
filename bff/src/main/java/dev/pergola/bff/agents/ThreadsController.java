package dev.pergola.bff.agents;

import java.util.List;

import dev.pergola.bff.caller.Callers;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Conversations with agents. */
@RestController
class ThreadsController {

	private final Threads threads;

	private final Callers callers;

	ThreadsController(Threads threads, Callers callers) {
		this.threads = threads;
		this.callers = callers;
	}

	/** {@code GET /agents/threads}: this person's, newest first. */
	@GetMapping(path = "/agents/threads", produces = "application/json")
	Mono<List<Threads.ListedThread>> list(ServerWebExchange exchange) {
		return this.callers.caller(exchange).flatMap(this.threads::list);
	}

	/**
	 * {@code GET /agents/threads/{threadId}}: the conversation, what it waits for, and
	 * its runs.
	 */
	@GetMapping(path = "/agents/threads/{threadId}", produces = "application/json")
	Mono<Threads.Conversation> get(ServerWebExchange exchange, @PathVariable String threadId) {
		return this.callers.caller(exchange).flatMap((caller) -> this.threads.get(caller, threadId));
	}

}
