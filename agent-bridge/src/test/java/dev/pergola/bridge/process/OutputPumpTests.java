package dev.pergola.bridge.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import dev.pergola.bridge.driver.DialogueException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(20)
class OutputPumpTests {

	@Test
	@Tag("CLI-7")
	void aCharacterSplitAtAnyByteStaysWhole() throws Exception {
		byte[] bytes = "{\"a\":\"añ😀z\"}\n😀".getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			try (PipedOutputStream program = new PipedOutputStream()) {
				ProgramPipe pipe = pipe(new OutputPump(new PipedInputStream(program), 1000), 100);
				program.write(Arrays.copyOf(bytes, cut));
				program.flush();
				program.write(Arrays.copyOfRange(bytes, cut, bytes.length));
				program.close();
				assertThat(pipe.readLine()).as("cut at %d", cut).isEqualTo("{\"a\":\"añ😀z\"}");
				assertThat(pipe.readLine()).as("the last line needs no end").isEqualTo("😀");
				assertThat(pipe.readLine()).isNull();
			}
		}
	}

	@Test
	@Tag("CLI-7")
	void bytesThatAreNoTextAreReplacedAndSpoilNoOtherLine() throws Exception {
		ProgramPipe pipe = pipe(pump(new byte[] { 'a', (byte) 0xff, 'b', '\n', 'c', '\r', '\n', '\n', 'd' }), 100);
		assertThat(pipe.readLine()).isEqualTo("a\uFFFDb");
		assertThat(pipe.readLine()).isEqualTo("c");
		assertThat(pipe.readLine()).isEmpty();
		assertThat(pipe.readLine()).isEqualTo("d");
	}

	@Test
	@Tag("CLI-8")
	void everyLineMayBeAsLongAsTheLimitAndNotLonger() throws Exception {
		ProgramPipe pipe = pipe(pump("12345\n12345\n123456\n".getBytes(StandardCharsets.UTF_8)), 5);
		assertThat(pipe.readLine()).isEqualTo("12345");
		assertThat(pipe.readLine()).isEqualTo("12345");
		assertThatExceptionOfType(DialogueException.class).isThrownBy(pipe::readLine)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("LINE_TOO_LONG"));
	}

	@Test
	void moreThanOneTurnMayPrintIsRefused() throws IOException {
		OutputPump pump = new OutputPump(new ByteArrayInputStream(new byte[1001]), 1000);
		assertThatExceptionOfType(OutputTooLargeException.class).isThrownBy(pump::readAllBytes);
	}

	@Test
	@Tag("CLI-10")
	void aProgramPrintsOnThoughNobodyReads() throws IOException {
		try (PipedOutputStream program = new PipedOutputStream()) {
			OutputPump pump = new OutputPump(new PipedInputStream(program, 64 * 1024), Long.MAX_VALUE);
			program.write(new byte[OutputPump.AHEAD]);
			await().atMost(Duration.ofSeconds(5)).until(() -> pump.available() == OutputPump.AHEAD);
		}
	}

	@Test
	@Tag("CLI-21")
	void whatComesAfterTheTurnIsCountedAndThrownAway() throws IOException {
		try (PipedOutputStream program = new PipedOutputStream()) {
			OutputPump pump = new OutputPump(new PipedInputStream(program), 1000);
			program.write("unread".getBytes(StandardCharsets.UTF_8));
			program.flush();
			await().until(() -> pump.available() == 6);
			pump.discard();
			program.write(new byte[5000]);
			program.close();
			assertThat(pump.read()).isEqualTo(-1);
			assertThat(pump.discarded()).isEqualTo(5006);
		}
	}

	@Test
	void eachTurnIsCountedFromNothing() throws IOException {
		try (PipedOutputStream program = new PipedOutputStream()) {
			OutputPump pump = new OutputPump(new PipedInputStream(program), 1000);
			for (int turn = 0; turn < 3; turn++) {
				pump.beginTurn();
				program.write(new byte[900]);
				program.flush();
				assertThat(pump.readNBytes(900)).hasSize(900);
			}
		}
	}

	private static OutputPump pump(byte[] bytes) {
		return new OutputPump(new ByteArrayInputStream(bytes), Long.MAX_VALUE);
	}

	private static ProgramPipe pipe(OutputPump output, int lineLimit) {
		return new ProgramPipe(output, new InputPipe(java.io.OutputStream.nullOutputStream(), Duration.ofSeconds(1)),
				lineLimit, Path.of("/"), Path.of("/"));
	}

}
