package dev.pergola.bff.streams;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes streams: headers, heartbeats, and the ends that do not come from the content
 * (shutdown, age, a session that is over).
 */
public final class EventStreams implements ApplicationListener<ContextClosedEvent> {

	private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

	private static final byte[] OPENING = SseFrames.comment(" pergola");

	private static final byte[] HEARTBEAT = SseFrames.comment("");

	/** Frames that wait here for a client that takes none. */
	private static final int PREFETCH = 4;

	private final StreamProperties properties;

	private final SessionWatch sessions;

	private final StreamPermits permits;

	private final Sinks.Empty<String> shutdown = Sinks.empty();

	private volatile boolean stopping;

	public EventStreams(StreamProperties properties, SessionProbe sessions) {
		this.properties = properties;
		this.sessions = new SessionWatch(sessions, properties.sessionCheck());
		this.permits = new StreamPermits(properties.maxPerPerson(), properties.maxPerTeam(), properties.maxTotal());
	}

	/**
	 * Ends every stream at once, before the web server waits for open requests.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.stopping = true;
		this.shutdown.tryEmitEmpty();
	}

	/** Streams open now. */
	public int open() {
		return this.permits.total();
	}

	/** Whether this process is about to stop. */
	public boolean isStopping() {
		return this.stopping;
	}

	/**
	 * Answers with a stream.
	 * @param frames as {@link SseFrames} makes them
	 * @return completes when the stream is over; fails before the first byte when the
	 * person has too many
	 */
	public Mono<Void> write(ServerWebExchange exchange, Watcher watcher, Flux<byte[]> frames) {
		return Mono.defer(() -> {
			this.permits.acquire(watcher.person(), watcher.team());
			ServerHttpResponse response = exchange.getResponse();
			response.setStatusCode(HttpStatus.OK);
			prepare(response.getHeaders());
			DataBufferFactory buffers = response.bufferFactory();
			Flux<byte[]> body = body(frames, ends(exchange, watcher), watcher.ending())
				.doOnError((ex) -> cut(exchange, ex));
			// The web server flushes as soon as no more is there: what came together goes
			// out together, and nothing waits.
			return response.writeWith(body.map(buffers::wrap))
				.doFinally((signal) -> this.permits.release(watcher.person(), watcher.team()));
		});
	}

	/**
	 * Answers that the client is to come back: a status that says so would end an
	 * {@code EventSource} for good.
	 */
	public Mono<Void> comeBack(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.OK);
		prepare(response.getHeaders());
		Flux<byte[]> frames = Flux.just(OPENING, SseFrames.retry(spread(this.properties.retry(), 0.5)));
		return response.writeAndFlushWith(frames.map((frame) -> Mono.just(response.bufferFactory().wrap(frame))));
	}

	/**
	 * The bytes of a stream.
	 * @param ends completes when the stream has to end, after what is to be said then
	 */
	Flux<byte[]> body(Flux<byte[]> frames, Flux<byte[]> ends, Ending ending) {
		Sinks.Empty<Void> over = Sinks.empty();
		byte[] farewell = SseFrames.retry(spread(this.properties.retry(), 0.5));
		Flux<byte[]> content = frames.doOnTerminate(over::tryEmitEmpty);
		Flux<byte[]> beats = Flux.interval(spread(this.properties.heartbeat(), 0.1))
			.onBackpressureDrop()
			.map((tick) -> HEARTBEAT)
			.takeUntilOther(over.asMono());
		Flux<byte[]> closing = ends
			.concatWith((ending == Ending.HAND_OVER) ? Flux.just(farewell)
					: Flux.<byte[]>error(new StreamAbortedException("stream: ended before its content")))
			.takeUntilOther(over.asMono());
		Flux<byte[]> opening = (ending == Ending.HAND_OVER) ? Flux.just(OPENING, farewell.clone()) : Flux.just(OPENING);
		return opening
			.concatWith(Flux.merge(PREFETCH, content, beats, closing).takeUntil((frame) -> frame == farewell));
	}

	private Flux<byte[]> ends(ServerWebExchange exchange, Watcher watcher) {
		Flux<byte[]> told = Mono.justOrEmpty(watcher.signedOut()).map(Supplier::get).flux();
		Mono<Flux<byte[]>> signedOut = this.sessions.over(exchange).thenReturn(told);
		Mono<Flux<byte[]>> other = Mono
			.firstWithSignal(this.shutdown.asMono().then(), Mono.delay(spread(this.properties.maxAge(), 0.1)).then())
			.thenReturn(Flux.empty());
		return Mono.firstWithValue(signedOut, other).flatMapMany((last) -> last);
	}

	/**
	 * When what is open for long has to end, whatever it is: with the session or with
	 * this process.
	 */
	public Mono<Void> sessionEnds(ServerWebExchange exchange) {
		return Mono.firstWithSignal(this.shutdown.asMono().then(), this.sessions.over(exchange));
	}

	private static void prepare(HttpHeaders headers) {
		headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream");
		headers.set(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform");
		headers.set("X-Accel-Buffering", "no");
		headers.set("X-Content-Type-Options", "nosniff");
	}

	private static void cut(ServerWebExchange exchange, Throwable ex) {
		log.info("stream cut: path={} because={}", exchange.getRequest().getPath().value(), ex.toString());
	}

	private static Duration spread(Duration duration, double share) {
		double factor = 1 + share * (2 * ThreadLocalRandom.current().nextDouble() - 1);
		return Duration.ofMillis(Math.max(1, Math.round(duration.toMillis() * factor)));
	}

}
