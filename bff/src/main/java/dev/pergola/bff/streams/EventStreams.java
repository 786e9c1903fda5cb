package dev.pergola.bff.streams;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import dev.pergola.bff.observe.Call;
import dev.pergola.bff.observe.Remainder;
import dev.pergola.bff.problem.BffException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes streams: headers, heartbeats, and the ends that do not come from the content
 * (shutdown, age, a session that is over). A stream goes on when its request is over for
 * everybody who handled it.
 */
public final class EventStreams implements ApplicationListener<ContextClosedEvent> {

	private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

	private final StreamProperties properties;

	private final SessionProbe sessions;

	private final StreamPermits permits;

	private final OpenStreams open = new OpenStreams();

	private final Sinks.Empty<Void> shutdown = Sinks.empty();

	public EventStreams(StreamProperties properties, SessionProbe sessions) {
		this.properties = properties;
		this.sessions = sessions;
		this.permits = new StreamPermits(properties.maxPerPerson(), properties.maxPerTeam(), properties.maxTotal());
	}

	/**
	 * Ends every stream at once, before the web server waits for open requests.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.open.close();
		this.shutdown.tryEmitEmpty();
	}

	/** Streams open now. */
	public int open() {
		return this.permits.total();
	}

	/** Whether this process is about to stop. */
	public boolean isStopping() {
		return this.open.isClosed();
	}

	/**
	 * Looks whether one more stream may be opened.
	 * @throws BffException when there are too many
	 */
	public void checkRoom(Watcher watcher) {
		new Permit(this.permits, watcher).release();
	}

	/**
	 * Answers with a stream.
	 * @return completes when the stream is over, or when all but it is; fails before the
	 * first byte when the person has too many
	 */
	public <T> Mono<Void> write(ServerWebExchange exchange, Watcher watcher, StreamContent<T> content) {
		ServerHttpResponse response = exchange.getResponse();
		if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
			prepare(response);
			return response.setComplete();
		}
		return this.sessions.session(exchange).flatMap((session) -> {
			Permit permit = new Permit(this.permits, watcher);
			try {
				prepare(response);
			}
			catch (RuntimeException ex) {
				permit.release();
				throw ex;
			}
			Call call = Call.of(exchange);
			if (call == null) {
				return within(response, open(content, watcher, session, response.bufferFactory()::wrap, () -> {
				}), permit);
			}
			Rest rest = new Rest((http) -> open(content, watcher, session, (frame) -> {
				call.sent(frame.length);
				return Unpooled.wrappedBuffer(frame);
			}, () -> close(http)), permit, exchange.getRequest().getPath().value());
			return response.setComplete()
				.doOnSuccess((nothing) -> call.sendLater(rest))
				.doOnError((ex) -> rest.drop())
				.doOnCancel(rest::drop);
		});
	}

	/**
	 * Answers that the client is to come back: a status that says so would end an
	 * {@code EventSource} for good.
	 */
	public Mono<Void> comeBack(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		prepare(response);
		byte[] all = StreamPlan.opening(StreamPlan.spread(this.properties.retry(), 0.5));
		return response.writeWith(Flux.just(response.bufferFactory().wrap(all)));
	}

	/**
	 * When what is open for long has to end, whatever it is: with the session or with
	 * this process.
	 */
	public Mono<Void> sessionEnds(ServerWebExchange exchange) {
		SessionWatch watch = new SessionWatch(this.sessions, this.properties.sessionCheck());
		return Mono.firstWithSignal(this.shutdown.asMono(), watch.over(exchange));
	}

	<T, R> OpenStream<T, R> open(StreamContent<T> content, Watcher watcher, OpenSession session,
			Function<byte[], R> encoding, Runnable connection) {
		return new OpenStream<>(content, encoding, StreamPlan.of(this.properties, watcher.ending()),
				new SessionLook(session, this.properties.sessionCheck()), this.open, connection);
	}

	/** Where nobody watches over the request, which has to last as long as its stream. */
	private static Mono<Void> within(ServerHttpResponse response, OpenStream<?, DataBuffer> stream, Permit permit) {
		return response.writeWith(stream.frames()).doFinally((signal) -> {
			stream.over();
			permit.release();
		});
	}

	private static void close(HttpServerResponse response) {
		response.withConnection((connection) -> connection.channel().close());
	}

	private static void prepare(ServerHttpResponse response) {
		response.setStatusCode(HttpStatus.OK);
		HttpHeaders headers = response.getHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream");
		headers.set(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform");
		headers.set("X-Accel-Buffering", "no");
		headers.set("X-Content-Type-Options", "nosniff");
	}

	/** One place among those streams may take; given back once. */
	private static final class Permit extends AtomicBoolean {

		private final StreamPermits permits;

		private final Watcher watcher;

		Permit(StreamPermits permits, Watcher watcher) {
			permits.acquire(watcher.person(), watcher.team());
			this.permits = permits;
			this.watcher = watcher;
		}

		void release() {
			if (compareAndSet(false, true)) {
				this.permits.release(this.watcher.person(), this.watcher.team());
			}
		}

	}

	/** The stream behind the headers. */
	private record Rest(Function<HttpServerResponse, OpenStream<?, ByteBuf>> begin, Permit permit,
			String path) implements Remainder {

		// What came together goes out together, and nothing waits: left to itself, the
		// web server flushes when it has read all that is there of all connections.
		@Override
		public Mono<Void> send(HttpServerResponse response) {
			OpenStream<?, ByteBuf> stream = this.begin.apply(response);
			return response.send(stream.frames(), (frame) -> !stream.hasMore())
				.then()
				.doOnError(this::cut)
				.doFinally((signal) -> {
					stream.over();
					this.permit.release();
				});
		}

		@Override
		public void drop() {
			this.permit.release();
		}

		private void cut(Throwable ex) {
			// Those who left are no news.
			if (!(ex instanceof IOException || ex instanceof AbortedException)) {
				log.info("stream cut: path={} because={}", this.path, ex.toString());
			}
		}

	}

}
