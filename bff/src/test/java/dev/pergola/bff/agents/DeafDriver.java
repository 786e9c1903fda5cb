package dev.pergola.bff.agents;

import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.NextEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** An agent that hears that it is to stop, and goes on with what a test says. */
final class DeafDriver implements AgentDriver {

	private final Sinks.Many<UpstreamEvent> events = Sinks.many().multicast().directBestEffort();

	private final AtomicInteger cancels = new AtomicInteger();

	void emit(String json) {
		this.events.tryEmitNext(new UpstreamEvent(null, NextEvent.of(AgUiEvents.parse(json).orElseThrow())));
	}

	/** Times it was told to stop. */
	int cancels() {
		return this.cancels.get();
	}

	@Override
	public Flux<UpstreamEvent> follow(RunRequest request, @Nullable String lastEventId) {
		return this.events.asFlux();
	}

	@Override
	public Mono<Boolean> cancel(RunRequest request) {
		this.cancels.incrementAndGet();
		return Mono.just(true);
	}

}
