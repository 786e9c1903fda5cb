package dev.pergola.bridge.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("CLI-11")
@Timeout(20)
class InputPipeTests {

	@Test
	void linesOfSeveralThreadsNeverMix() throws IOException {
		PipedInputStream program = new PipedInputStream();
		InputPipe pipe = new InputPipe(new PipedOutputStream(program), Duration.ofSeconds(10));
		String line = "x".repeat(5000);
		List<Thread> writers = IntStream.range(0, 8)
			.mapToObj((number) -> Thread.ofVirtual().start(() -> write(pipe, line)))
			.toList();
		BufferedReader reader = new BufferedReader(new InputStreamReader(program, StandardCharsets.UTF_8));
		for (int count = 0; count < writers.size(); count++) {
			assertThat(reader.readLine()).isEqualTo(line);
		}
	}

	@Test
	void aProgramThatDoesNotReadHoldsNobodyUp() throws IOException {
		InputPipe pipe = new InputPipe(new PipedOutputStream(new PipedInputStream(10)), Duration.ofMillis(50));
		assertThatExceptionOfType(NotReadingException.class).isThrownBy(() -> pipe.line("x".repeat(100)));
	}

	@Test
	void refusesWhatWouldBeTwoLines() throws IOException {
		InputPipe pipe = new InputPipe(new PipedOutputStream(new PipedInputStream()), Duration.ofSeconds(1));
		assertThatIllegalArgumentException().isThrownBy(() -> pipe.line("a\nb")).withMessageContaining("(expected: ");
		assertThatIllegalArgumentException().isThrownBy(() -> pipe.line("a\rb"));
	}

	@Test
	void aClosedPipeIsAnErrorOfInputAndOutput() throws IOException {
		PipedInputStream program = new PipedInputStream();
		InputPipe pipe = new InputPipe(new PipedOutputStream(program), Duration.ofSeconds(1));
		pipe.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> pipe.line("late"));
	}

	private static void write(InputPipe pipe, String line) {
		try {
			pipe.line(line);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
