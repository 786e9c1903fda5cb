package dev.pergola.bff.filter;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.streams.ServiceStreams;
import dev.pergola.session.store.SessionStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of modules' services take nothing from calls, and are bounded on both ways. */
class ServiceStreamsIntegrationTests {

	private static final int CONNECTIONS = 32;

	private static final int PER_PERSON = 6;

	private static StreamingUpstream upstream;

	private static TestBff bff;

	private final List<Socket> sockets = new ArrayList<>();

	@BeforeAll
	static void start() throws IOException {
		upstream = new StreamingUpstream();
		bff = upstream.bff("pergola.bff.egress.max-connections=" + CONNECTIONS,
				"pergola.bff.streams.max-per-person=" + PER_PERSON, "pergola.bff.egress.pending-timeout=300ms",
				"pergola.bff.streams.session-check=200ms");
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.close();
	}

	@AfterEach
	void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		await(() -> bff.context().getBean(ServiceStreams.class).open() == 0);
	}

	@ParameterizedTest
	@CsvSource({ "DIRECT, /events, text/event-stream", "LONG, /events, text/event-stream",
			"LONG, /events, 'application/json, TEXT/Event-Stream;q=0.9'", "DIRECT, /lines, application/x-ndjson",
			"LONG, /lines, application/x-ndjson" })
	@Tag("bff-17")
	void callsAndViewsPassWhileMoreStreamsAreOpenThanThereAreConnectionsForCalls(Way way, String path, String accept)
			throws IOException {
		for (int i = 0; i < CONNECTIONS + 4; i++) {
			assertThat(open(way, bff.session("person-" + i / PER_PERSON), path, accept)).as("stream %d", i)
				.startsWith("HTTP/1.1 200");
		}
		await(() -> connections("streams", "active") == CONNECTIONS + 4);
		String token = TestBff.token("ada");
		HttpRequest post = bff.request("/api/deals/x", token).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
		assertThat(TestBff.send(post).statusCode()).isEqualTo(200);
		assertThat(bff.get("/api/deals/x", token).statusCode()).isEqualTo(200);
		HttpResponse<String> view = bff.get("/views/deals/all", token);
		assertThat(view.statusCode()).isEqualTo(200);
		assertThat(view.body()).contains("\"all\":{}");
	}

	@ParameterizedTest
	@EnumSource
	@Tag("bff-17")
	void onePersonsStreamsAreBoundedBeforeTheCallIsMade(Way way) throws IOException {
		String cookie = bff.session("eve");
		for (int i = 0; i < PER_PERSON; i++) {
			open(way, cookie, "/events", "text/event-stream");
		}
		int calls = upstream.calls();
		assertThat(open(way, cookie, "/events", "text/event-stream")).startsWith("HTTP/1.1 429")
			.contains("/problems/too-many-streams", "traceId", "Retry-After");
		assertThat(upstream.calls()).isEqualTo(calls);
		assertThat(open(way, bff.session("bob"), "/events", "text/event-stream")).startsWith("HTTP/1.1 200");
		this.sockets.getFirst().close();
		await(() -> open(way, cookie, "/events", "text/event-stream").startsWith("HTTP/1.1 200"));
	}

	@ParameterizedTest
	@EnumSource
	@Tag("bff-17")
	void streamsThatShowThemselvesByTheirAnswerAreBoundedToo(Way way) throws IOException {
		String cookie = bff.session("eve");
		for (int i = 0; i < PER_PERSON; i++) {
			assertThat(open(way, cookie, "/lines", "*/*")).startsWith("HTTP/1.1 200");
		}
		assertThat(open(way, cookie, "/lines", null)).startsWith("HTTP/1.1 429")
			.contains("/problems/too-many-streams", "application/problem+json");
		assertThat(open(way, cookie, "/x", "text/event-stream")).startsWith("HTTP/1.1 429");
		this.sockets.getFirst().close();
		await(() -> open(way, cookie, "/lines", null).startsWith("HTTP/1.1 200"));
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerThatIsNoStreamTakesNoPlaceForLong(Way way) throws IOException {
		String cookie = bff.session("eve");
		for (int i = 0; i < PER_PERSON + 1; i++) {
			assertThat(open(way, cookie, "/x", "text/event-stream")).startsWith("HTTP/1.1 200");
			await(() -> bff.context().getBean(ServiceStreams.class).open() == 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "DIRECT, /events, text/event-stream", "DIRECT, /events, Text/Event-Stream", "DIRECT, /events, */*",
			"DIRECT, /events,", "DIRECT, /lines, application/x-ndjson", "DIRECT, /lines,",
			"LONG, /events, text/event-stream", "LONG, /events,", "LONG, /lines,", })
	@Tag("security-14")
	void aStreamEndsWithTheSession(Way way, String path, String accept) throws IOException {
		String cookie = bff.session("eve");
		double before = direct();
		assertThat(open(way, cookie, path, accept)).startsWith("HTTP/1.1 200");
		assertThat(direct() - before).isEqualTo((way == Way.DIRECT) ? 1 : 0);
		bff.context().getBean(SessionStore.class).removeSession(cookie.substring(cookie.indexOf('=') + 1)).block();
		Way.assertCut(this.sockets.getLast());
	}

	private String open(Way way, String cookie, String path, String accept) {
		try {
			Socket socket = way.call(bff, cookie, path, accept);
			this.sockets.add(socket);
			return Way.first(socket);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Calls that have gone directly so far. */
	private static double direct() {
		return bff.context().getBean(MeterRegistry.class).get("pergola.bff.direct").functionCounter().count();
	}

	private static double connections(String policy, String state) {
		return bff.context()
			.getBean(MeterRegistry.class)
			.find("pergola.bff.connections")
			.tags("policy", policy, "state", state)
			.gauges()
			.stream()
			.mapToDouble(Gauge::value)
			.sum();
	}

	private static void await(BooleanSupplier condition) {
		// Not on a thread the bff's own timers need: a condition may be a call.
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(10));
	}

}
