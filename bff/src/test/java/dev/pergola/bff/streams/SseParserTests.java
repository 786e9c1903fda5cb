package dev.pergola.bff.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SseParserTests {

	private static final String STREAM = "\uFEFF: hello\n\nid: 1\ndata: {\"a\":\"ä😀\"}\n\nid:2\r\ndata:one\r\ndata: two\r\n\r\n"
			+ "event: x\ndata\n\nid: bad\0id\ndata:  spaced\rretry: 5\r\rdata: never finished\n";

	private static final List<SseEvent> EVENTS = List.of(new SseEvent("1", "{\"a\":\"ä😀\"}"),
			new SseEvent("2", "one\ntwo"), new SseEvent("2", " spaced"));

	@Test
	void readsWhatTheHtmlStandardSays() {
		assertThat(new SseParser(1000).feed(bytes(STREAM))).isEqualTo(EVENTS);
	}

	@Test
	void readsTheSameWhereverTheStreamIsCut() {
		byte[] stream = bytes(STREAM);
		for (int cut = 0; cut <= stream.length; cut++) {
			SseParser parser = new SseParser(1000);
			List<SseEvent> events = new ArrayList<>(parser.feed(Arrays.copyOf(stream, cut)));
			events.addAll(parser.feed(Arrays.copyOfRange(stream, cut, stream.length)));
			assertThat(events).as("cut at %d", cut).isEqualTo(EVENTS);
		}
	}

	@Test
	void readsFieldsWithoutAValueAndTextOfManyLines() {
		assertThat(new SseParser(1000).feed(bytes("id: 7\nid\ndata\ndata\n\ndata\n\ndataset: x\nids: 3\n\n")))
			.containsExactly(new SseEvent("", "\n"));
		List<SseEvent> text = SseParser.ofPlainText(1000).feed(bytes("id:1\ndata: a\n\ndata:b\ndata: c\ndata:d\n\n"));
		assertThat(text).extracting(SseEvent::data).containsExactly("a", "b\n c\nd");
	}

	@Test
	void refusesALineThatIsTooLong() {
		SseParser parser = new SseParser(10);
		assertThatExceptionOfType(FrameTooLongException.class).isThrownBy(() -> parser.feed(bytes("data: 12345678")));
	}

	@Test
	void refusesAnEventOfTooManyLines() {
		SseParser parser = new SseParser(10);
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> parser.feed(bytes("data: 123\ndata: 456\ndata: 789\ndata: 0ab\n")));
	}

	@Test
	void readsWhatTheFramesWrite() {
		EventId id = new EventId(1, 2);
		assertThat(new SseParser(100).feed(SseFrames.event(id, bytes("{}"))))
			.containsExactly(new SseEvent(id.toString(), "{}"));
		assertThat(new SseParser(100).feed(SseFrames.comment(" x"))).isEmpty();
		assertThat(new String(SseFrames.event(id, bytes("{}")), StandardCharsets.UTF_8))
			.isEqualTo("id: 000000000001-0000000002\ndata: {}\n\n");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
