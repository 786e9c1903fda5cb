package dev.pergola.bridge.driver.claude;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.Inputs;
import dev.pergola.bridge.driver.PipedProgram;
import dev.pergola.bridge.driver.Told;
import dev.pergola.bridge.driver.TurnEnd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A process of its own that behaves like Claude Code, over pipes. */
@Timeout(60)
@Tag("CLI-29")
class FakeClaudeIntegrationTests {

	private static final ClaudeDriver DRIVER = new ClaudeDriver(Duration.ofMinutes(10), Duration.ofSeconds(30));

	@TempDir
	private Path home;

	@Test
	void answersOneTurnAfterTheOtherAndEndsWithItsInput() throws Exception {
		try (PipedProgram program = PipedProgram.java(this.home, FakeClaude.class)) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			for (int turn = 0; turn < 3; turn++) {
				Told told = new Told();
				assertThat(dialogue.turn(Inputs.saying("hello"), told)).isInstanceOf(TurnEnd.Finished.class);
				assertThat(told.isInOrder().text()).startsWith("A prompt of");
				assertThat(dialogue.canGoOn()).isTrue();
			}
			program.closeInput();
			assertThat(program.process().waitFor()).isZero();
		}
	}

	@Test
	@Tag("CLI-12")
	void waitsForAPersonWithItsInputOpen() throws Exception {
		try (PipedProgram program = PipedProgram.java(this.home, FakeClaude.class)) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("ask"), new Told());
			assertThat(program.process().isAlive()).isTrue();
			Told told = new Told();
			String id = waiting.interrupts().getFirst().path("id").asString();
			assertThat(dialogue.turn(Inputs.answering(id, "{\"decision\":\"once\"}"), told))
				.isInstanceOf(TurnEnd.Finished.class);
			assertThat(told.isInOrder().of("TOOL_CALL_RESULT").getFirst().path("content").asString())
				.isEqualTo("written");
		}
	}

	@Test
	@Tag("CLI-20")
	void anInterruptionEndsTheTurnAndNotTheProgram() throws Exception {
		try (PipedProgram program = PipedProgram.java(this.home, FakeClaude.class)) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			Told told = new Told();
			Thread.ofVirtual().start(() -> {
				await().until(() -> told.text().equals("Waiting"));
				dialogue.interrupt();
			});
			assertThat(dialogue.turn(Inputs.saying("wait"), told)).isInstanceOfSatisfying(TurnEnd.Stopped.class,
					(end) -> assertThat(end.reason()).isEqualTo("interrupted"));
			told.isInOrder();
			assertThat(dialogue.turn(Inputs.saying("hello"), new Told())).isInstanceOf(TurnEnd.Finished.class);
		}
	}

	@Test
	@Tag("CLI-2")
	@EnabledOnOs(OS.LINUX)
	void aPromptOfAMegabyteIsReadAndNoArgument() throws Exception {
		String prompt = "canary" + "ñ".repeat(1_000_000);
		try (PipedProgram program = PipedProgram.java(this.home, FakeClaude.class)) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			Told told = new Told();
			dialogue.turn(Inputs.saying(prompt), told);
			assertThat(told.text()).contains("A prompt of 1000");
			assertThat(Files.readString(Path.of("/proc/%d/cmdline".formatted(program.process().pid()))))
				.doesNotContain("canary");
		}
	}

}
