package dev.pergola.bff.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.streams.CursorLog;
import dev.pergola.bff.streams.Ending;
import dev.pergola.bff.streams.EventId;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.LogEntry;
import dev.pergola.bff.streams.SseFrames;
import dev.pergola.bff.streams.StreamContent;
import dev.pergola.bff.streams.Watcher;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** The event stream of a browser. */
@RestController
class EventsController {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final EventHub hub;

	private final EventStreams streams;

	private final Callers callers;

	EventsController(EventHub hub, EventStreams streams, Callers callers) {
		this.hub = hub;
		this.streams = streams;
		this.callers = callers;
	}

	/**
	 * {@code GET /.well-known/mercure?topic=…}: how things are, then what changes; after
	 * {@code Last-Event-ID} (or {@code last_event_id}) what changed since. When that is
	 * no longer known, an event named {@code resync} says so first.
	 */
	@GetMapping("/.well-known/mercure")
	Mono<Void> subscribe(ServerWebExchange exchange,
			@RequestParam(name = "topic", required = false) @Nullable List<String> topics,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(name = "last_event_id", required = false) @Nullable String firstEventId) {
		if (topics == null || topics.isEmpty()) {
			throw new BffException(Failure.TOPIC_MISSING, "topic: missing.");
		}
		String cursor = (lastEventId != null) ? lastEventId : firstEventId;
		return this.callers.caller(exchange).flatMap((caller) -> {
			Flux<byte[]> frames = frames(exchange, cursor, Topics.of(topics, caller));
			return this.streams.write(exchange, new Watcher(caller.key(), Ending.HAND_OVER), StreamContent.of(frames));
		});
	}

	private Flux<byte[]> frames(ServerWebExchange exchange, @Nullable String lastEventId, Topics topics) {
		CursorLog<PushedEvent> log = this.hub.log();
		Optional<EventId> cursor = Optional.ofNullable(lastEventId).flatMap(EventId::parse).filter(log::covers);
		if (cursor.isPresent()) {
			exchange.getResponse().getHeaders().set("Mercure-Last-Event-ID", cursor.get().toString());
			return news(log, cursor.get(), topics);
		}
		EventId head = log.head();
		Flux<byte[]> now = Flux.empty();
		if (lastEventId != null) {
			now = now.concatWithValues(SseFrames.named("resync", resync(head)));
		}
		PushedEvent catalog = this.hub.catalog();
		if (catalog != null && topics.contain(catalog.topic())) {
			now = now.concatWithValues(frame(new LogEntry<>(head, catalog, 0)));
		}
		return now.concatWith(news(log, head, topics));
	}

	private static Flux<byte[]> news(CursorLog<PushedEvent> log, EventId after, Topics topics) {
		return log.after(after).filter((entry) -> topics.contain(entry.value().topic())).map(EventsController::frame);
	}

	private static byte[] frame(LogEntry<PushedEvent> entry) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", entry.id().toString());
		json.put("topic", entry.value().topic());
		json.put("type", entry.value().type());
		json.put("at", entry.value().at().toString());
		json.put("ref", entry.value().ref());
		return SseFrames.event(entry.id(), JSON.writeValueAsBytes(json));
	}

	private static byte[] resync(EventId id) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", id.toString());
		json.put("type", "resync");
		return JSON.writeValueAsBytes(json);
	}

}
