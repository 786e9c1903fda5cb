package dev.pergola.bridge.driver.acp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.Inputs;
import dev.pergola.bridge.driver.NpmPackages;
import dev.pergola.bridge.driver.PipedProgram;
import dev.pergola.bridge.driver.Told;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.driver.claude.ModelStub;
import dev.pergola.bridge.driver.claude.ModelStub.Block;
import dev.pergola.bridge.driver.claude.ModelStub.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A real ACP agent, which needs no account as its model is a stub. */
@Timeout(180)
@Tag("CLI-29")
@EnabledIfSystemProperty(named = "pergola.claude", matches = "true")
class AcpAgentIntegrationTests {

	private static Path modules;

	@TempDir
	private Path home;

	private final ModelStub model = new ModelStub(0, AcpAgentIntegrationTests::answer);

	AcpAgentIntegrationTests() throws Exception {
	}

	@BeforeAll
	static void install() throws Exception {
		modules = NpmPackages.install("@agentclientprotocol/claude-agent-acp@0.49.0");
	}

	@AfterEach
	void close() {
		this.model.close();
	}

	@Test
	void answersAndAsksBeforeItChangesAnything() throws Exception {
		try (PipedProgram program = start()) {
			Dialogue dialogue = new AcpDriver(Duration.ofMinutes(10)).open(program);
			dialogue.handshake();
			Told first = new Told();
			assertThat(dialogue.turn(Inputs.saying("hello"), first)).isInstanceOf(TurnEnd.Finished.class);
			assertThat(first.isInOrder().text()).isEqualTo("Hello, wörld 😀.");

			Told asking = new Told();
			TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("use the tool"), asking);
			assertThat(asking.isInOrder().of("TOOL_CALL_START")).hasSize(1);
			assertThat(this.home.resolve("made.txt")).doesNotExist();
			Told done = new Told();
			String id = waiting.interrupts().getFirst().path("id").asString();
			assertThat(dialogue.turn(Inputs.answering(id, "{\"decision\":\"once\"}"), done))
				.isInstanceOf(TurnEnd.Finished.class);
			assertThat(done.isInOrder().text()).isEqualTo("Done.");
			assertThat(this.home.resolve("made.txt")).hasContent("hi");
		}
	}

	private static ModelStub.Reply answer(String body) {
		if (body.contains("\"tool_result\"")) {
			return Message.of(Block.text("Done."));
		}
		return body.contains("use the tool")
				? Message.of(Block.tool("toolu_1", "Bash",
						"{\"command\":\"echo hi > made.txt\",\"description\":\"Make a file\"}"))
				: Message.of(Block.text("Hello, ", "wörld 😀."));
	}

	private PipedProgram start() throws Exception {
		Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8",
				"ANTHROPIC_BASE_URL", this.model.uri().toString(), "ANTHROPIC_API_KEY", "of-the-stub",
				"DISABLE_AUTOUPDATER", "1", "DISABLE_TELEMETRY", "1", "DISABLE_ERROR_REPORTING", "1",
				"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"));
		return PipedProgram.start(this.home, environment,
				List.of("node", modules.resolve("@agentclientprotocol/claude-agent-acp/dist/index.js").toString()));
	}

}
