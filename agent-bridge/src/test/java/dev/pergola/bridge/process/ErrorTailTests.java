package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("CLI-10")
class ErrorTailTests {

	private final PipedOutputStream program = new PipedOutputStream();

	private final ErrorTail tail;

	ErrorTailTests() throws IOException {
		this.tail = new ErrorTail(new PipedInputStream(this.program),
				new Redaction(Map.of("MODEL_KEY", "canary-1\ncanary-2")));
	}

	@Test
	void ofAProgramThatGoesOnWholeLinesAreToldAndNoHalfOfASecret() throws IOException {
		print("one\ntwo");
		awaits(this.tail::text, "one\ntwo");
		assertThat(this.tail.soFar()).isEqualTo("one\n");
		print("\ncanary-1\n");
		awaits(this.tail::text, "one\ntwo\ncanary-1\n");
		assertThat(this.tail.soFar()).isEqualTo("one\ntwo\n");
		print("canary-2\n");
		awaits(this.tail::soFar, "one\ntwo\n[hidden]\n");
	}

	@Test
	void whatIsForgottenIsNotToldNorTheRestOfItsLine() throws IOException {
		print("one\nkey=can");
		awaits(this.tail::text, "one\nkey=can");
		this.tail.forget();
		assertThat(this.tail.text()).isEmpty();
		print("ary-1\ntwo\n");
		awaits(this.tail::text, "two\n");
		this.tail.forget();
		print("three");
		awaits(this.tail::text, "three");
	}

	private void print(String text) throws IOException {
		this.program.write(text.getBytes(StandardCharsets.UTF_8));
		this.program.flush();
	}

	private static void awaits(Supplier<String> told, String expected) {
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(told.get()).isEqualTo(expected));
	}

}
