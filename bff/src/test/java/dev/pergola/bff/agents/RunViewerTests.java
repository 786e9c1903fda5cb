package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.pergola.bff.agui.AgUiReader;
import dev.pergola.bff.caller.AccessTokenSource;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.EventId;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.LogEntry;
import dev.pergola.bff.streams.SseParser;
import dev.pergola.bff.streams.StreamProperties;
import dev.pergola.bff.streams.TestSession;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Audience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Streams of runs, byte by byte. */
class RunViewerTests {

	static final AgentProperties PROPERTIES = new AgentProperties(20, 100, 1000, DataSize.ofMegabytes(4),
			DataSize.ofMegabytes(64), DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), 5000, Duration.ofMinutes(30),
			Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofMinutes(10), 3,
			Duration.ofMillis(10), 20, Duration.ofMinutes(1), false);

	private static final StreamProperties STREAMS = new StreamProperties(Duration.ofSeconds(15), Duration.ofMinutes(30),
			Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(30), 2, 3, 100);

	private static final String TEXT = "One 😀, zwei ä, three \\\"quoted\\\" and a\\nnew line. ";

	private static final Caller ADA = new Caller("key", Audience.of("ada"), Set.of());

	/** What an agent tells, as it is read: each run has its own. */
	private final Map<Run, AgUiReader> readers = new HashMap<>();

	private final Runs runs = new Runs(PROPERTIES, Clock.systemUTC(), RunListener.NONE);

	private final Sinks.Empty<Void> signedOut = Sinks.empty();

	private final EventStreams streams = new EventStreams(STREAMS, TestSession.until(this.signedOut.asMono()).probe());

	private final RunViewer viewer = new RunViewer(this.streams);

	@Test
	@Tag("S3")
	@Tag("S4")
	void everyEventComesExactlyOnceWhereverTheStreamIsCut() {
		Run run = recorded("r", 4);
		byte[] whole = watch(run, null);
		String text = text(whole);
		assertThat(text).isEqualTo("One 😀, zwei ä, three \"quoted\" and a\nnew line. ".repeat(4));
		for (int cut = 0; cut < whole.length; cut++) {
			assertThat(textOverCuts(run, cut)).as("cut after %d bytes", cut).isEqualTo(text);
		}
	}

	@Test
	@Tag("S4")
	void everyEventComesExactlyOnceOverManyCuts() {
		Run run = recorded("r", 40);
		String text = text(watch(run, null));
		Random random = new Random(4711);
		int cuts = 0;
		while (cuts < 1000) {
			int[] places = random.ints(1 + random.nextInt(6), 0, 900).toArray();
			assertThat(textOverCuts(run, places)).as("cut after %s bytes", Arrays.toString(places)).isEqualTo(text);
			cuts += places.length;
		}
	}

	@Test
	@Tag("S3")
	void framesAreOneLineOfJsonWithAnIdAndLineFeedsOnly() {
		String stream = new String(watch(recorded("r", 3), null), StandardCharsets.UTF_8);
		assertThat(stream).startsWith(": pergola\n\n").doesNotContain("\r").doesNotContain("\uFEFF");
		for (String frame : stream.split("\n\n")) {
			assertThat(frame).matches("(?s)(:.*|retry: \\d+|id: [0-9a-f]{12}-\\d{10}\ndata: \\{[^\n]+})");
		}
	}

	@Test
	void whoReplaysGetsPiecesOfATextTogether() {
		Run run = recorded("r", 200);
		List<String> types = reader(watch(run, null)).types();
		assertThat(types).as("16 KiB of JSON are one")
			.containsExactly("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT",
					"TEXT_MESSAGE_END", "RUN_FINISHED");
		EventId middle = new EventId(run.log().head().epoch(), 100);
		assertThat(reader(watch(run, middle.toString())).text()).hasSize(47 * 102);
	}

	@Test
	void whosePlaceIsLostGetsASnapshotAndWhatFollows() {
		Run run = begun("r");
		say(run, "{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"role\":\"assistant\"}");
		piece(run, "Hello ");
		Run heir = copy(run, 3);
		say(heir, "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"world\"}");
		say(heir, "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}");
		say(heir, "{\"type\":\"RUN_FINISHED\"}");
		// The lost node had shown more than it had written.
		String lost = new EventId(run.log().head().epoch(), 4).toString();
		MockServerWebExchange exchange = exchange();
		TestReader reader = reader(watch(exchange, heir, lost));
		assertThat(exchange.getResponse().getHeaders().getFirst("Pergola-Replay")).isEqualTo("snapshot");
		assertThat(reader.types()).containsExactly("RUN_STARTED", "MESSAGES_SNAPSHOT", "RUN_FINISHED");
		assertThat(reader.text()).isEqualTo("Hello world");
		MockServerWebExchange exact = exchange();
		assertThat(reader(watch(exact, heir, run.log().head().toString())).text()).isEqualTo("world");
		assertThat(exact.getResponse().getHeaders().getFirst("Pergola-Replay")).isEqualTo("exact");
	}

	@Test
	void aSnapshotThatIsCutIsGivenAgainAndTheOpenTextGoesOn() {
		Run run = begun("r");
		say(run, "{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"role\":\"assistant\"}");
		piece(run, "Hello ");
		Run heir = copy(run, 3);
		String lost = new EventId(run.log().head().epoch(), 9).toString();
		StringBuilder stream = new StringBuilder();
		MockServerWebExchange exchange = exchange();
		exchange.getResponse()
			.setWriteHandler(
					(body) -> body.doOnNext((buffer) -> stream.append(buffer.toString(StandardCharsets.UTF_8))).then());
		Mono<Void> watching = this.viewer.watch(exchange, ADA, heir, lost);
		var watched = watching.subscribe();
		await().until(() -> stream.toString().contains("TEXT_MESSAGE_START"));
		piece(heir, "world");
		await().until(() -> stream.toString().contains("world"));
		watched.dispose();
		List<String> ids = new SseParser(10_000).feed(stream.toString().getBytes(StandardCharsets.UTF_8))
			.stream()
			.map((event) -> event.id())
			.toList();
		assertThat(ids).containsExactly(lost, lost, heir.log().slice(2, 1, 1).getFirst().id().toString(),
				heir.log().head().toString());
		TestReader reader = reader(stream.toString().getBytes(StandardCharsets.UTF_8));
		assertThat(reader.types()).containsExactly("RUN_STARTED", "MESSAGES_SNAPSHOT", "TEXT_MESSAGE_START",
				"TEXT_MESSAGE_CONTENT");
		assertThat(reader.text()).isEqualTo("Hello world");
	}

	@Test
	@Tag("S7")
	void aPlaceOfAnotherRunIsAsGoodAsNone() {
		Run mine = recorded("r", 3);
		Run other = recorded("other", 3);
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> watch(mine, other.log().head().toString()))
			.matches((ex) -> ex.failure() == Failure.UNKNOWN_RUN);
	}

	@Test
	@Tag("S8")
	void morePeopleThanATeamMayHaveAreRefusedBeforeTheStream() {
		Run run = begun("r");
		for (String person : List.of("a", "b", "c")) {
			this.viewer.watch(exchange(), person(person), run, null).subscribe();
		}
		assertThatExceptionOfType(BffException.class)
			.isThrownBy(() -> this.viewer.watch(exchange(), person("d"), run, null).block())
			.matches((ex) -> ex.failure() == Failure.TOO_MANY_STREAMS);
	}

	@Test
	@Tag("S5")
	void whoComesWhileThisProcessStopsIsAskedToComeBack() {
		Run run = begun("r");
		this.streams.onApplicationEvent(null);
		MockServerWebExchange exchange = exchange();
		String stream = new String(watch(exchange, run, null), StandardCharsets.UTF_8);
		assertThat(exchange.getResponse().getStatusCode().value()).isEqualTo(200);
		assertThat(stream).containsPattern("retry: [1-3]\\d{3}\n\n$");
		assertThat(this.viewer.isStopping()).isTrue();
	}

	@Test
	@Tag("S6")
	void aSessionThatEndsIsToldInTheStreamBeforeItCloses() {
		Run run = begun("r");
		this.signedOut.tryEmitEmpty();
		String stream = new String(watch(run, null), StandardCharsets.UTF_8);
		assertThat(stream).contains("id: " + run.log().head() + "\ndata: {\"type\":\"CUSTOM\","
				+ "\"name\":\"pergola.signed-out\",\"value\":{}}");
		MockServerWebExchange exchange = exchange();
		assertThatException()
			.isThrownBy(() -> this.viewer.watchStarted(exchange, ADA, run, null).block(Duration.ofSeconds(5)));
	}

	@Test
	void aRunWhoseBeginningIsLostSaysSo() {
		Run run = begun("r");
		piece(run, "x");
		Run cut = copy(run, 0);
		cut.log().restore(new EventId(run.log().head().epoch(), 7), "{}".getBytes(StandardCharsets.UTF_8), 2);
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> watch(cut, null))
			.matches((ex) -> ex.failure() == Failure.HISTORY_LOST);
	}

	private String textOverCuts(Run run, int... cuts) {
		TestReader reader = new TestReader();
		for (int cut : cuts) {
			if (!reader.isOver()) {
				byte[] stream = watch(run, reader.lastEventId());
				new SseParser(100_000).feed(Arrays.copyOf(stream, Math.min(cut, stream.length))).forEach(reader::take);
			}
		}
		if (!reader.isOver()) {
			new SseParser(100_000).feed(watch(run, reader.lastEventId())).forEach(reader::take);
		}
		assertThat(reader.isOver()).isTrue();
		return reader.text();
	}

	private static String text(byte[] stream) {
		return reader(stream).text();
	}

	private static TestReader reader(byte[] stream) {
		TestReader reader = new TestReader();
		new SseParser(1_000_000).feed(stream).forEach(reader::take);
		return reader;
	}

	private byte[] watch(Run run, String lastEventId) {
		return watch(exchange(), run, lastEventId);
	}

	private byte[] watch(MockServerWebExchange exchange, Run run, String lastEventId) {
		this.viewer.watch(exchange, ADA, run, lastEventId).block(Duration.ofSeconds(5));
		return DataBufferUtils.join(exchange.getResponse().getBody()).map((buffer) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}).defaultIfEmpty(new byte[0]).block(Duration.ofSeconds(5));
	}

	private static MockServerWebExchange exchange() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		return exchange;
	}

	/** Another node's copy of the first events, with that node as the next writer. */
	private static Run copy(Run run, int events) {
		RunRecord record = new RunRecord(run.request().name(), "t", "", StoredRequest.write(run.request()), "{}",
				run.startedAt(), null, run.progress());
		Run copy = Run.replica(record, PROPERTIES, Instant.now());
		for (LogEntry<byte[]> entry : run.log().slice(0, Math.max(1, events), Long.MAX_VALUE)) {
			if (events > 0) {
				copy.restore(entry.id(), entry.value());
			}
		}
		copy.log().beginEpoch(run.log().head().epoch() + 1);
		return copy;
	}

	private Run recorded(String runId, int pieces) {
		Run run = begun(runId);
		say(run, "{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"role\":\"assistant\"}");
		for (int i = 0; i < pieces; i++) {
			piece(run, TEXT);
		}
		say(run, "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}");
		say(run, "{\"type\":\"RUN_FINISHED\"}");
		return run;
	}

	private Run begun(String runId) {
		return this.runs.add(request(runId)).run();
	}

	private void piece(Run run, String text) {
		say(run, "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"" + text + "\"}");
	}

	private void say(Run run, String event) {
		AgUiReader reader = this.readers.computeIfAbsent(run, (heard) -> new AgUiReader());
		run.accept(new UpstreamEvent(null, reader.read(event).orElseThrow()));
	}

	private static Caller person(String key) {
		return new Caller(key, Audience.of(key), Set.of());
	}

	static RunRequest request(String runId) {
		Agent agent = new Agent("scout", LocalizedText.NONE, "scout", null, List.of());
		byte[] body = "{\"threadId\":\"t\",\"runId\":\"%s\",\"messages\":[]}".formatted(runId)
			.getBytes(StandardCharsets.UTF_8);
		return new RunRequest(new AgentOffer("deals", agent, null, "deals"), RunInput.parse(body), ADA,
				AccessTokenSource.of("token"), new Trace("0".repeat(31) + "1", false));
	}

}
