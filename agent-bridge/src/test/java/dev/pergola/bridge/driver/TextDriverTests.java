package dev.pergola.bridge.driver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.runner.RunnerInput;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class TextDriverTests {

	private final List<ObjectNode> events = new ArrayList<>();

	@Test
	void aCharacterSplitAtAnyByteStaysWhole() throws Exception {
		byte[] bytes = "añ😀z".getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			this.events.clear();
			say(new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(bytes, cut)),
					new ByteArrayInputStream(Arrays.copyOfRange(bytes, cut, bytes.length))));
			assertThat(text()).as("cut at %d", cut).isEqualTo("añ😀z");
			assertThat(this.events).noneMatch((event) -> event.path("delta").asString("").endsWith("\uD83D"));
		}
	}

	@Test
	void bytesThatAreNoTextAreReplaced() throws Exception {
		say(new ByteArrayInputStream(new byte[] { 'a', (byte) 0xff, 'b' }));
		assertThat(text()).isEqualTo("a\uFFFDb");
	}

	@Test
	void opensOneMessageAndClosesIt() throws Exception {
		assertThat(say(new ByteArrayInputStream("one two".getBytes(StandardCharsets.UTF_8))))
			.isEqualTo(new TurnEnd.OutputEnded());
		assertThat(this.events.stream().map((event) -> event.path("type").asString()))
			.containsExactly("TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END");
	}

	@Test
	void aProgramThatPrintsNothingOpensNothing() throws Exception {
		say(InputStream.nullInputStream());
		assertThat(this.events).isEmpty();
	}

	private TurnEnd say(InputStream output) throws Exception {
		RunInput input = new RunInput("t", "r", "hello", "{}", "");
		EventSink sink = new EventSink() {
			@Override
			public void emit(ObjectNode event) {
				TextDriverTests.this.events.add(event);
			}

			@Override
			public void alive() {
				// nobody watches
			}
		};
		return new TextDriver(RunnerInput.PROMPT).open(new Printed(output)).turn(input, sink);
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		this.events.forEach((event) -> text.append(event.path("delta").asString("")));
		return text.toString();
	}

	/** A program that has printed all it will. */
	private record Printed(InputStream output) implements ProgramIo {

		@Override
		public String readLine() throws IOException {
			throw new IOException("text has no lines");
		}

		@Override
		public void writeLine(String line) throws IOException {
			throw new IOException("text has no lines");
		}

		@Override
		public void writeAll(byte[] text) {
			assertThat(text).asString(StandardCharsets.UTF_8).isEqualTo("hello");
		}

		@Override
		public void closeInput() {
			// nothing to close
		}

		@Override
		public Path home() {
			return Path.of("/");
		}

		@Override
		public Path directory() {
			return Path.of("/");
		}

	}

}
