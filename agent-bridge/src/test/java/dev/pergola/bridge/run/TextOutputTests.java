package dev.pergola.bridge.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TextOutputTests {

	private final List<String> events = new ArrayList<>();

	private final TextOutput output = new TextOutput("m", this.events::add);

	@Test
	void aCharacterSplitAtAnyByteStaysWhole() throws IOException {
		byte[] bytes = "añ😀z".getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			this.events.clear();
			TextOutput split = new TextOutput("m", this.events::add);
			split.relay(pieces(bytes, cut), 1000);
			assertThat(text()).as("cut at %d", cut).isEqualTo("añ😀z");
			assertThat(this.events).noneMatch((event) -> event.contains("\\uD83D\"") || event.contains("�"));
		}
	}

	@Test
	void bytesThatAreNoTextAreReplaced() throws IOException {
		this.output.relay(new ByteArrayInputStream(new byte[] { 'a', (byte) 0xff, 'b' }), 1000);
		assertThat(text()).isEqualTo("a�b");
	}

	@Test
	void opensOneMessageAndClosesIt() throws IOException {
		this.output.relay(pieces("one two".getBytes(StandardCharsets.UTF_8), 3), 1000);
		this.output.close();
		assertThat(this.events).first().asString().contains("TEXT_MESSAGE_START");
		assertThat(this.events).last().asString().contains("TEXT_MESSAGE_END");
	}

	@Test
	void aProgramThatPrintsNothingOpensNothing() throws IOException {
		this.output.relay(InputStream.nullInputStream(), 1000);
		this.output.close();
		assertThat(this.events).isEmpty();
	}

	@Test
	void stopsAtTheLimit() throws IOException {
		assertThat(this.output.relay(new ByteArrayInputStream(new byte[1001]), 1000)).isFalse();
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (String event : this.events) {
			text.append(JsonMapper.shared().readTree(event).path("delta").asString(""));
		}
		return text.toString();
	}

	private static InputStream pieces(byte[] bytes, int cut) {
		return new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(bytes, cut)),
				new ByteArrayInputStream(Arrays.copyOfRange(bytes, cut, bytes.length)));
	}

}
