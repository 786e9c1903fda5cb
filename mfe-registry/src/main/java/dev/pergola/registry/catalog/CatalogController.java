package dev.pergola.registry.catalog;

import java.time.Duration;

import dev.pergola.registry.request.IfMatch;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the catalog.
 */
@RestController
public class CatalogController {

	private static final String EVENT = "catalog";

	private static final long NOTHING = -1;

	private final CatalogFeed feed;

	private final Duration heartbeat;

	public CatalogController(CatalogFeed feed, Duration heartbeat) {
		this.feed = feed;
		this.heartbeat = heartbeat;
	}

	/** {@code GET /registry/v1/catalog}: the whole, as of the last write. */
	@GetMapping(path = "/registry/v1/catalog", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<String> catalog() {
		Snapshot snapshot = this.feed.snapshot();
		return ResponseEntity.ok().eTag(IfMatch.tag(snapshot.revision())).body(snapshot.json());
	}

	/**
	 * {@code GET /registry/v1/catalog/watch}: the catalog now, unless
	 * {@code Last-Event-ID} says the watcher has it, then each new one.
	 */
	@GetMapping(path = "/registry/v1/catalog/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> watch(
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		Flux<ServerSentEvent<String>> heartbeats = Flux.interval(this.heartbeat)
			.onBackpressureDrop()
			.map((tick) -> ServerSentEvent.<String>builder().comment("heartbeat").build());
		// A comment at once: the watcher learns that it is connected.
		return Flux
			.merge(Flux.just(ServerSentEvent.<String>builder().comment("watching").build()),
					this.feed.after(revision(lastEventId)).map(CatalogController::event), heartbeats)
			.takeUntilOther(this.feed.closing());
	}

	private static ServerSentEvent<String> event(Snapshot snapshot) {
		return ServerSentEvent.<String>builder()
			.id(Long.toString(snapshot.revision()))
			.event(EVENT)
			.data(snapshot.json())
			.build();
	}

	/** An id that is none of ours means the same as none: the watcher gets the whole. */
	private static long revision(@Nullable String lastEventId) {
		try {
			return (lastEventId != null) ? Long.parseLong(lastEventId.strip()) : NOTHING;
		}
		catch (NumberFormatException ex) {
			return NOTHING;
		}
	}

}
