package dev.pergola.registry.catalog;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.pergola.registry.request.IfMatch;
import io.netty.handler.timeout.WriteTimeoutHandler;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the catalog.
 */
@RestController
public class CatalogController {

	private static final long NOTHING = -1;

	/** Never interrupts: a client that goes away would close H2's file. */
	private final Scheduler blocking = Schedulers.fromExecutor(new VirtualThreadTaskExecutor("catalog-"));

	private final CatalogFeed feed;

	private final Duration writeTimeout;

	public CatalogController(CatalogFeed feed, Duration writeTimeout) {
		this.feed = feed;
		this.writeTimeout = writeTimeout;
	}

	/** {@code GET /registry/v1/catalog}: the whole, as of the last write. */
	@GetMapping(path = "/registry/v1/catalog", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> catalog(ServerHttpResponse response) {
		return Mono.fromCallable(this.feed::snapshot).subscribeOn(this.blocking).flatMap((snapshot) -> {
			ByteBuffer json = snapshot.json();
			response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
			response.getHeaders().setETag(IfMatch.tag(snapshot.revision()));
			response.getHeaders().setContentLength(json.remaining());
			return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
		});
	}

	/**
	 * {@code GET /registry/v1/catalog/watch}: the catalog now, unless
	 * {@code Last-Event-ID} says the watcher has it, then each new one.
	 * @param changes whether {@code change} events are sent where they can be
	 */
	@GetMapping(path = "/registry/v1/catalog/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> watch(@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(defaultValue = "false") boolean changes, ServerHttpResponse response) {
		return known(revision(lastEventId))
			.flatMap((seen) -> Mono.using(() -> this.feed.open(changes, seen), (watcher) -> {
				response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
				endWhenStuck(response);
				return response.writeAndFlushWith(frames(watcher, response.bufferFactory()));
			}, this.feed::close));
	}

	/** Each part of the stream is made when the one before it was sent. */
	private static Flux<Publisher<DataBuffer>> frames(Watcher watcher, DataBufferFactory buffers) {
		return Flux.generate((sink) -> {
			if (watcher.ended()) {
				sink.complete();
			}
			else {
				sink.next(watcher.next().flatMapIterable(Frame::parts).map((part) -> buffers.wrap(part.duplicate())));
			}
		});
	}

	/** Nothing else ends a connection whose other side reads no more. */
	private void endWhenStuck(ServerHttpResponse response) {
		if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty) {
			netty.withConnection((connection) -> connection
				.addHandlerLast(new WriteTimeoutHandler(this.writeTimeout.toMillis(), TimeUnit.MILLISECONDS)));
		}
	}

	/**
	 * A watcher that comes from another node may know more than this one does yet. A
	 * revision nobody knows is none of ours: the watcher gets the whole.
	 */
	private Mono<Long> known(long seen) {
		if (this.feed.knows(seen)) {
			return Mono.just(seen);
		}
		return Mono.fromCallable(() -> (seen <= this.feed.snapshot().revision()) ? seen : NOTHING)
			.subscribeOn(this.blocking);
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
