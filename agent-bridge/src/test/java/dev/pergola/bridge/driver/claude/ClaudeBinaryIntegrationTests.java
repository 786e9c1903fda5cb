package dev.pergola.bridge.driver.claude;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.Inputs;
import dev.pergola.bridge.driver.NpmPackages;
import dev.pergola.bridge.driver.PipedProgram;
import dev.pergola.bridge.driver.Told;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.driver.claude.ModelStub.Block;
import dev.pergola.bridge.driver.claude.ModelStub.Message;
import dev.pergola.bridge.gateway.ModelGateway;
import dev.pergola.bridge.gateway.ModelGatewayProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The real binary against a stub of the model API, and the fake against the real SDK. */
@Timeout(180)
@Tag("CLI-29")
@EnabledIfSystemProperty(named = "pergola.claude", matches = "true")
class ClaudeBinaryIntegrationTests {

	private static final ClaudeDriver DRIVER = new ClaudeDriver(Duration.ofMinutes(10), Duration.ofSeconds(30));

	private static Path modules;

	@TempDir
	private Path home;

	private final CountDownLatch goOn = new CountDownLatch(1);

	private final ModelStub model = new ModelStub(0, this::answer);

	private final ModelGateway gateway = new ModelGateway(
			new ModelGatewayProperties(this.model.uri(), "the-real-key", 4));

	private final ModelGateway.Pass pass = this.gateway.issue();

	ClaudeBinaryIntegrationTests() throws Exception {
	}

	@BeforeAll
	static void install() throws Exception {
		modules = NpmPackages.install("@anthropic-ai/claude-agent-sdk@0.3.332");
	}

	@AfterEach
	void close() {
		this.goOn.countDown();
		this.gateway.close();
		this.model.close();
	}

	@Test
	@Tag("CLI-26")
	void answersThroughTheGatewayAndNeverHoldsTheKey() throws Exception {
		try (PipedProgram program = start()) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			Told told = new Told();
			TurnEnd end = dialogue.turn(Inputs.saying("hello\u2028there"), told);
			assertThat(end).isInstanceOf(TurnEnd.Finished.class);
			assertThat(told.isInOrder().text()).isEqualTo("Hello, wörld 😀.");
			assertThat(((TurnEnd.Finished) end).usage()).asString().contains("\"inputTokens\":15");
			assertThat(this.model.keys).containsOnly("the-real-key");
			assertThat(Files.readString(Path.of("/proc/%d/environ".formatted(program.process().pid()))))
				.doesNotContain("the-real-key");
			Told second = new Told();
			assertThat(dialogue.turn(Inputs.saying("again"), second)).isInstanceOf(TurnEnd.Finished.class);
			assertThat(second.isInOrder().text()).isEqualTo("Hello, wörld 😀.");
		}
	}

	@Test
	@Tag("CLI-27")
	void aToolIsUsedOnlyOnceAPersonAllowsIt() throws Exception {
		try (PipedProgram program = start()) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("use the tool"), new Told());
			assertThat(this.home.resolve("made.txt")).doesNotExist();
			Told told = new Told();
			String id = waiting.interrupts().getFirst().path("id").asString();
			assertThat(dialogue.turn(Inputs.answering(id, "{\"decision\":\"once\"}"), told))
				.isInstanceOf(TurnEnd.Finished.class);
			assertThat(told.isInOrder().text()).isEqualTo("Done.");
			assertThat(this.home.resolve("made.txt")).hasContent("hi");
		}
	}

	@Test
	@Tag("CLI-27")
	void aRefusedToolIsNotUsed() throws Exception {
		try (PipedProgram program = start()) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("use the tool"), new Told());
			String id = waiting.interrupts().getFirst().path("id").asString();
			assertThat(dialogue.turn(Inputs.answering(id, "{\"decision\":\"refuse\"}"), new Told()))
				.isInstanceOf(TurnEnd.Finished.class);
			assertThat(this.home.resolve("made.txt")).doesNotExist();
		}
	}

	@Test
	@Tag("CLI-20")
	void anInterruptionEndsTheTurnAndNotTheProgram() throws Exception {
		try (PipedProgram program = start()) {
			Dialogue dialogue = DRIVER.open(program);
			dialogue.handshake();
			Told told = new Told();
			Thread.ofVirtual().start(() -> {
				await().until(() -> told.text().equals("Hello, "));
				dialogue.interrupt();
			});
			assertThat(dialogue.turn(Inputs.saying("slow"), told)).isInstanceOfSatisfying(TurnEnd.Stopped.class,
					(end) -> assertThat(end.reason()).isEqualTo("interrupted"));
			this.goOn.countDown();
			assertThat(dialogue.turn(Inputs.saying("again"), new Told())).isInstanceOf(TurnEnd.Finished.class);
		}
	}

	@Test
	void theOfficialSdkTakesTheFakeForClaude() throws Exception {
		Path fake = this.home.resolve("claude");
		Files.writeString(fake,
				"#!/bin/sh\nexec %s\n".formatted(String.join(" ", PipedProgram.java(FakeClaude.class))));
		Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
		Process node = new ProcessBuilder("node",
				Path.of("src/test/resources/claude/sdk.mjs").toAbsolutePath().toString(),
				modules.resolve("@anthropic-ai/claude-agent-sdk/sdk.mjs").toString(), fake.toString())
			.redirectError(this.home.resolve("node.txt").toFile())
			.start();
		String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(node.waitFor()).as(Files.readString(this.home.resolve("node.txt"))).isZero();
		var seen = JsonMapper.shared().readTree(said);
		assertThat(seen.path("asked").asString()).isEqualTo("Write");
		assertThat(seen.path("results")).hasToString("[\"success\",\"success\"]");
		assertThat(seen.path("text").asString()).contains("A prompt of");
	}

	private ModelStub.Reply answer(String body) {
		if (body.contains("use the tool") && !body.contains("\"tool_result\"")) {
			return Message.of(Block.text("I will ask."), Block.tool("toolu_1", "Bash",
					"{\"command\":\"echo hi > made.txt\",\"description\":\"Make a file\"}"));
		}
		if (body.contains("\"tool_result\"")) {
			return Message.of(Block.text("Done."));
		}
		boolean isSlow = body.contains("slow") && !body.contains("again");
		return new Message(isSlow ? this::pause : () -> {
		}, List.of(Block.text("Hello, ", "wörld 😀.")));
	}

	private void pause() {
		try {
			this.goOn.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private PipedProgram start() throws Exception {
		Map<String, String> environment = new HashMap<>(this.pass.environment());
		environment
			.putAll(Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8", "DISABLE_AUTOUPDATER", "1", "DISABLE_TELEMETRY",
					"1", "DISABLE_ERROR_REPORTING", "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"));
		List<String> command = new ArrayList<>(List.of(NpmPackages.claude(modules).toString()));
		command.addAll(List.of("-p", "--bare", "--setting-sources", "", "--strict-mcp-config", "--tools", "Bash",
				"--no-session-persistence", "--model", "claude-sonnet-4-5", "--input-format", "stream-json",
				"--output-format", "stream-json", "--verbose", "--include-partial-messages", "--permission-prompt-tool",
				"stdio", "--disable-slash-commands"));
		return PipedProgram.start(this.home, environment, command);
	}

}
