package dev.pergola.bridge.run;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Events of a run as server-sent events: an id on each, a comment at once and then at
 * every heartbeat.
 */
final class EventStream {

	private final Sinks.Empty<Void> closing = Sinks.empty();

	private final Duration heartbeat;

	EventStream(Duration heartbeat) {
		this.heartbeat = heartbeat;
	}

	/**
	 * The answer to whoever asked for the run. Its clean end says that the run has ended,
	 * so it is broken off where that is not so.
	 */
	ResponseEntity<Flux<ServerSentEvent<String>>> ofStart(Run run, long sequence) {
		return answer(run, frames(run, sequence, () -> Flux.error(new ClosedChannelException())));
	}

	/** The answer to a reader who comes back by itself. */
	ResponseEntity<Flux<ServerSentEvent<String>>> of(Run run, long sequence) {
		return answer(run, frames(run, sequence, () -> Flux.just(comeBack())));
	}

	/** Ends all streams, slow readers' too. */
	void close() {
		this.closing.tryEmitEmpty();
	}

	private static ResponseEntity<Flux<ServerSentEvent<String>>> answer(Run run, Flux<ServerSentEvent<String>> frames) {
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.header(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
			.header("X-Accel-Buffering", "no")
			.header("Pergola-Run-Id", run.id())
			.body(frames);
	}

	private Flux<ServerSentEvent<String>> frames(Run run, long sequence, Supplier<Flux<ServerSentEvent<String>>> cut) {
		return Flux.defer(() -> {
			AtomicBoolean ended = new AtomicBoolean();
			return run.after(sequence)
				.map((event) -> ServerSentEvent.builder(event.data()).id(event.id().toString()).build())
				.doOnComplete(() -> ended.set(true))
				.publish((events) -> Flux.merge(events, comments().takeUntilOther(events.ignoreElements())))
				.takeUntilOther(this.closing.asMono())
				.concatWith(Flux.defer(() -> ended.get() ? Flux.empty() : cut.get()));
		});
	}

	private Flux<ServerSentEvent<String>> comments() {
		return Flux.interval(Duration.ZERO, this.heartbeat)
			.onBackpressureDrop()
			.map((count) -> ServerSentEvent.<String>builder().comment("").build());
	}

	/** Not all at the same moment. */
	private static ServerSentEvent<String> comeBack() {
		Duration wait = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1000, 5000));
		return ServerSentEvent.<String>builder().retry(wait).comment("").build();
	}

}
