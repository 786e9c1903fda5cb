package dev.pergola.bridge.run;

import java.time.Duration;

import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Events of a run as server-sent events: an id on each, a comment at once and then at
 * every heartbeat.
 */
final class EventStream {

	private final Duration heartbeat;

	EventStream(Duration heartbeat) {
		this.heartbeat = heartbeat;
	}

	ResponseEntity<Flux<ServerSentEvent<String>>> of(Run run, long sequence) {
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.header(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
			.header("X-Accel-Buffering", "no")
			.header("Pergola-Run-Id", run.id())
			.body(frames(run, sequence));
	}

	private Flux<ServerSentEvent<String>> frames(Run run, long sequence) {
		return run.after(sequence)
			.map((event) -> ServerSentEvent.builder(event.data()).id(event.id().toString()).build())
			.publish((events) -> Flux.merge(events, comments().takeUntilOther(events.ignoreElements())));
	}

	private Flux<ServerSentEvent<String>> comments() {
		return Flux.interval(Duration.ZERO, this.heartbeat)
			.onBackpressureDrop()
			.map((count) -> ServerSentEvent.<String>builder().comment("").build());
	}

}
