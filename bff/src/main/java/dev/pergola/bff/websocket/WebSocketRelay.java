package dev.pergola.bff.websocket;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.StreamPermits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.WebsocketServerSpec;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Joins a browser's WebSocket and one to the service: messages pass both ways as fast as
 * the slower end takes them, and so does the status either of them closes with. It ends
 * with the session, and with this process. A browser hears that the service cannot be
 * reached by the close status 1011, as its own handshake comes first.
 */
public final class WebSocketRelay {

	private static final Logger log = LoggerFactory.getLogger(WebSocketRelay.class);

	private static final CloseStatus UNREACHABLE = CloseStatus.SERVER_ERROR.withReason("service not reachable");

	private static final CloseStatus SESSION_OVER = CloseStatus.POLICY_VIOLATION.withReason("session is over");

	private static final CloseStatus STOPPING = CloseStatus.GOING_AWAY.withReason("come back");

	private static final CloseStatus IDLE = CloseStatus.GOING_AWAY.withReason("no message for long");

	private final HttpClient client;

	private final WebSocketProperties properties;

	private final EventStreams streams;

	private final StreamPermits permits;

	private final int maxFrame;

	private final WebSocketService handshakes;

	/**
	 * Creates the relay.
	 * @param client client of services: addresses are checked
	 * @param streams knows when a session ends
	 */
	public WebSocketRelay(HttpClient client, WebSocketProperties properties, EventStreams streams) {
		this.client = client;
		this.properties = properties;
		this.streams = streams;
		this.permits = new StreamPermits(properties.maxPerPerson(), properties.maxTotal());
		this.maxFrame = Math.toIntExact(properties.maxFrame().toBytes());
		this.handshakes = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
				() -> WebsocketServerSpec.builder().maxFramePayloadLength(this.maxFrame)));
	}

	/**
	 * Answers a request for a WebSocket.
	 * @param upstream address with {@code ws} or {@code wss}
	 * @param headers sent to the service
	 * @param protocols what the browser offers, in its order; the first one is taken
	 * @param timeout time until the service has to agree
	 * @return completes with the handshake; fails before it when the person has too many
	 */
	public Mono<Void> relay(ServerWebExchange exchange, String person, URI upstream, HttpHeaders headers,
			List<String> protocols, Duration timeout) {
		return Mono.defer(() -> {
			this.permits.acquire(person);
			AtomicBoolean held = new AtomicBoolean(true);
			Runnable release = () -> {
				if (held.getAndSet(false)) {
					this.permits.release(person);
				}
			};
			Browser browser = new Browser(upstream, headers, protocols.stream().limit(1).toList(), timeout,
					this.streams.sessionEnds(exchange), release);
			// The handshake is over long before the WebSocket is.
			return this.handshakes.handleRequest(exchange, browser)
				.onErrorMap(ResponseStatusException.class,
						(ex) -> new BffException(Failure.BAD_REQUEST, "The request for a WebSocket is none."))
				.doFinally((signal) -> {
					if (!browser.begun) {
						release.run();
					}
				});
		});
	}

	/** WebSockets open now. */
	public int open() {
		return this.permits.total();
	}

	private final class Browser implements WebSocketHandler {

		private final URI upstream;

		private final HttpHeaders headers;

		private final List<String> protocols;

		private final Duration timeout;

		private final Mono<Void> sessionEnds;

		private final Runnable release;

		private volatile boolean begun;

		Browser(URI upstream, HttpHeaders headers, List<String> protocols, Duration timeout, Mono<Void> sessionEnds,
				Runnable release) {
			this.upstream = upstream;
			this.headers = headers;
			this.protocols = protocols;
			this.timeout = timeout;
			this.sessionEnds = sessionEnds;
			this.release = release;
		}

		@Override
		public List<String> getSubProtocols() {
			return this.protocols;
		}

		@Override
		public Mono<Void> handle(WebSocketSession browser) {
			this.begun = true;
			ReactorNettyWebSocketClient toService = new ReactorNettyWebSocketClient(
					WebSocketRelay.this.client.responseTimeout(this.timeout),
					() -> WebsocketClientSpec.builder().maxFramePayloadLength(WebSocketRelay.this.maxFrame));
			AtomicBoolean joined = new AtomicBoolean();
			return toService
				.execute(this.upstream, this.headers, new Service(browser, this.protocols, this.sessionEnds, joined))
				.onErrorResume((ex) -> {
					log.info("websocket: path={} because={}", this.upstream.getRawPath(),
							ex.getClass().getSimpleName());
					return browser.close(joined.get() ? CloseStatus.SERVER_ERROR : UNREACHABLE);
				})
				.doFinally((signal) -> this.release.run());
		}

	}

	private final class Service implements WebSocketHandler {

		private final WebSocketSession browser;

		private final List<String> protocols;

		private final Mono<Void> sessionEnds;

		private final AtomicBoolean joined;

		Service(WebSocketSession browser, List<String> protocols, Mono<Void> sessionEnds, AtomicBoolean joined) {
			this.browser = browser;
			this.protocols = protocols;
			this.sessionEnds = sessionEnds;
			this.joined = joined;
		}

		@Override
		public List<String> getSubProtocols() {
			return this.protocols;
		}

		@Override
		public Mono<Void> handle(WebSocketSession service) {
			this.joined.set(true);
			Sinks.Many<Long> messages = Sinks.many().multicast().directBestEffort();
			Mono<Void> up = service.send(pass(this.browser, messages));
			Mono<Void> down = this.browser.send(pass(service, messages));
			Mono<Void> closed = Mono
				.firstWithSignal(closeStatus(service, CloseStatus.SERVER_ERROR),
						closeStatus(this.browser, CloseStatus.NORMAL),
						this.sessionEnds.then(Mono.fromSupplier(this::ending)), silence(messages).thenReturn(IDLE))
				.flatMap((status) -> Mono.whenDelayError(this.browser.close(sendable(status)).onErrorComplete(),
						service.close(sendable(status)).onErrorComplete()));
			return Mono.firstWithSignal(closed, Mono.when(up, down).then(Mono.never()));
		}

		private CloseStatus ending() {
			return WebSocketRelay.this.streams.isStopping() ? STOPPING : SESSION_OVER;
		}

		private static Flux<WebSocketMessage> pass(WebSocketSession from, Sinks.Many<Long> messages) {
			return from.receive().doOnNext((message) -> {
				message.retain();
				messages.tryEmitNext(0L);
			});
		}

		private Mono<Void> silence(Sinks.Many<Long> messages) {
			return messages.asFlux()
				.map((message) -> true)
				.startWith(true)
				.switchMap((message) -> Mono.delay(WebSocketRelay.this.properties.idle()))
				.next()
				.then();
		}

		private static Mono<CloseStatus> closeStatus(WebSocketSession session, CloseStatus otherwise) {
			return session.closeStatus().defaultIfEmpty(otherwise);
		}

		/** RFC 6455 section 7.4.1 keeps some for those who saw no close frame. */
		private static CloseStatus sendable(CloseStatus status) {
			return switch (status.getCode()) {
				case 1005 -> CloseStatus.NORMAL;
				case 1006, 1015 -> CloseStatus.SERVER_ERROR;
				default -> status;
			};
		}

	}

}
