package dev.pergola.bff.agents;

import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.NextEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/** An agent that says what a test does, to all that listen. */
final class TestDriver implements AgentDriver {

	private final Sinks.Many<ObjectNode> events = Sinks.many().multicast().directBestEffort();

	private final AtomicInteger cancels = new AtomicInteger();

	void emit(String json) {
		this.events.tryEmitNext(AgUiEvents.parse(json).orElseThrow());
	}

	void fail(Throwable ex) {
		this.events.tryEmitError(ex);
	}

	/** Times it was told to stop. */
	int cancels() {
		return this.cancels.get();
	}

	/** Runs that still listen. */
	int followers() {
		return this.events.currentSubscriberCount();
	}

	@Override
	public Flux<UpstreamEvent> follow(RunRequest request, @Nullable String lastEventId) {
		return this.events.asFlux().map((event) -> new UpstreamEvent(null, NextEvent.of(event)));
	}

	@Override
	public Mono<Boolean> cancel(RunRequest request) {
		this.cancels.incrementAndGet();
		return Mono.just(false);
	}

}
