package dev.pergola.bff.agui;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class AgUiReaderTests {

	private static final String PIECE = "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"%s\"}";

	private static final List<String> TEXTS = List.of("word", " ", "\\n", "\\\"", "\\\\", "é", "😀", "\\u00e9",
			"\\ud83d\\ude00", "\\ud83d", "\\u0000", "", "\\\\\\\"", ",\\\"delta\\\":\\\"", "{}", "\\/", "\u2028");

	private static final List<String> FRAMES = List.of(
			"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"%s\",\"delta\":\"%s\"}",
			"{\"type\": \"TEXT_MESSAGE_CONTENT\", \"messageId\": \"%s\", \"delta\": \"%s\"}",
			"{\"messageId\":\"%s\",\"type\":\"TEXT_MESSAGE_CONTENT\",\"delta\":\"%s\"}",
			"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"%s\",\"delta\":\"%s\" }",
			"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"%s\",\"timestamp\":1,\"delta\":\"%s\"}",
			"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"delta\":\"%2$s\",\"messageId\":\"%1$s\"}",
			"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"delta\":\"first\",\"messageId\":\"%s\",\"delta\":\"%s\"}",
			"{\"type\":\"THINKING_TEXT_MESSAGE_CONTENT\",\"x\":\"%s\",\"delta\":\"%s\"}",
			"{\"type\":\"TEXT_MESSAGE_CHUNK\",\"messageId\":\"%s\",\"delta\":\"%s\"}",
			"{\"type\":\"CUSTOM\",\"name\":\"%s\",\"delta\":\"%s\"}");

	private static final List<String> OPENERS = List.of("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"a\"}",
			"{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"b\"}", "{\"type\":\"THINKING_START\"}",
			"{\"type\":\"THINKING_TEXT_MESSAGE_START\"}");

	private static final List<String> OTHERS = List.of("{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"a\"}",
			"{\"type\":\"CUSTOM\",\"name\":\"n\"}", "{\"type\":\"CUSTOM\",\"name\":\"m\"}");

	private final AgUiReader reader = new AgUiReader();

	@Test
	void whatDiffersInItsTextAloneIsMoreOfIt() {
		assertThat(isMore(PIECE.formatted("one"))).isFalse();
		assertThat(isMore(PIECE.formatted(" two\\n"))).isTrue();
		assertThat(isMore(PIECE.formatted("\\\"drei\\\" é 😀"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\",\"timestamp\":\"1", "\\ud83d", "\\u0041", "\\", "\\x", "a\tb" })
	void whatIsNoPlainTextIsReadWhole(String text) {
		isMore(PIECE.formatted("one"));
		String json = PIECE.formatted(text);
		assertThat(this.reader.read(json).filter(NextEvent::isMore)).isEmpty();
		assertThat(this.reader.read(json).map(NextEvent::event)).isEqualTo(AgUiEvents.parse(json));
	}

	@Test
	void anotherEventEndsTheText() {
		isMore(PIECE.formatted("one"));
		assertThat(isMore("{\"type\":\"CUSTOM\",\"name\":\"n\"}")).isFalse();
		assertThat(isMore(PIECE.formatted("two"))).isFalse();
		assertThat(isMore(PIECE.formatted("three"))).isTrue();
	}

	@Test
	void aTextThatIsNotTheLastValueIsReadEachTime() {
		String json = "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"delta\":\"one\",\"messageId\":\"m\"}";
		assertThat(isMore(json)).isFalse();
		assertThat(isMore(json)).isFalse();
		assertThat(isMore("{\"type\":\"TEXT_MESSAGE_CONTENT\",\"delta\":\"two\"}")).as("without its message").isFalse();
	}

	@Test
	void readsMoreOfATextWhereItIsAskedFor() {
		isMore(PIECE.formatted("one"));
		NextEvent more = this.reader.read(PIECE.formatted("a\\\"b")).orElseThrow();
		assertThat(more.isMore()).isTrue();
		assertThat(more.isEnd()).isFalse();
		assertThat(more.event().get("delta").stringValue()).isEqualTo("a\"b");
	}

	@Test
	@Tag("S3")
	void tellsTheSameAsWhoReadsEachEvent() {
		long more = 0;
		for (int seed = 0; seed < 4_000; seed++) {
			more += compare(new Random(seed));
		}
		assertThat(more).as("pieces that were not read").isGreaterThan(10_000);
	}

	/** Tells one stream in both ways, and how often the short one was gone. */
	private static long compare(Random random) {
		ObjectNode before = AgUiEvents.object();
		before.putArray("messages").addObject().put("id", "b");
		RunScript one = new RunScript("t", "r", before.get("messages"), false);
		RunScript other = new RunScript("t", "r", before.get("messages"), false);
		AgUiReader reader = new AgUiReader();
		for (String opener : OPENERS) {
			written(one, opener);
			written(other, opener);
		}
		String frame = FRAMES.getFirst();
		String id = "a";
		long count = 0;
		for (int i = 0; i < 60; i++) {
			if (random.nextInt(12) == 0) {
				frame = FRAMES.get(random.nextInt(FRAMES.size()));
				id = random.nextBoolean() ? "a" : "b";
			}
			String json = (random.nextInt(30) == 0) ? OTHERS.get(random.nextInt(OTHERS.size()))
					: frame.formatted(id, text(random));
			List<String> expected = written(one, json);
			NextEvent next = reader.read(json).orElseThrow();
			byte[] more = other.more(next);
			if (more != null) {
				count++;
				assertThat(expected).as(json).hasSize(1);
				String told = new String(more, StandardCharsets.UTF_8);
				assertThat(AgUiEvents.read(told)).as(json).isEqualTo(AgUiEvents.read(expected.getFirst()));
				assertThat(told).doesNotContain("\n", "\r");
			}
			else {
				assertThat(written(other, next.event())).as(json).isEqualTo(expected);
			}
		}
		assertThat(written(other.cancel())).isEqualTo(written(one.cancel()));
		assertThat(other.more(reader.read(frame.formatted(id, "late")).orElseThrow())).as("behind the end").isNull();
		return count;
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(4); i >= 0; i--) {
			text.append((random.nextInt(8) > 0) ? "word" : TEXTS.get(random.nextInt(TEXTS.size())));
		}
		return text.toString();
	}

	private static List<String> written(RunScript script, String json) {
		return written(script, AgUiEvents.parse(json).orElseThrow());
	}

	private static List<String> written(RunScript script, ObjectNode event) {
		return written(script.accept(event));
	}

	private static List<String> written(List<ObjectNode> events) {
		List<String> all = new ArrayList<>();
		events.forEach((each) -> all.add(each.toString()));
		return all;
	}

	private boolean isMore(String json) {
		return this.reader.read(json).orElseThrow().isMore();
	}

}
