package dev.pergola.bff.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.agui.AgUiChecker;
import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.formats.Recorded.Told;
import dev.pergola.bff.streams.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class ResumeTests {

	@ParameterizedTest
	@EnumSource
	void goesOnOnlyWhereTheManifestSaysSo(Recorded recorded) {
		AgentExchange exchange = recorded.exchange();
		Recorded.read(exchange, recorded.bytes());
		assertThat(exchange.resume()).isEmpty();
	}

	@Test
	void asksAnAgUiAgentForWhatFollowsTheLastEvent() {
		AgentExchange exchange = AgentFormats.begin(Recorded.AG_UI.agent("/agent", true), Recorded.input());
		assertThat(exchange.resume()).map(AgentRequest::target).contains("/agent");
		assertThat(exchange.resume().orElseThrow().body()).isEqualTo(exchange.start().body());
		exchange.accept(new SseEvent("7", "{\"type\":\"CUSTOM\",\"name\":\"x\"}"));
		AgentRequest request = exchange.resume().orElseThrow();
		assertThat(request.target()).isEqualTo("/agent?runId=u");
		assertThat(request.headers()).containsEntry("Last-Event-ID", "7");
		assertThat(request.body()).isNull();
		assertThat(exchange.cancel().orElseThrow().target()).isEqualTo("/agent/u/cancel");
	}

	@Test
	void asksForAResponseInTheBackgroundFromWhereItWasCut() {
		AgentExchange exchange = AgentFormats.begin(Recorded.RESPONSES.agent("/v1/responses", true), Recorded.input());
		assertThat(new String(exchange.start().body(), StandardCharsets.UTF_8)).contains("\"background\":true");
		assertThat(exchange.resume()).isEmpty();
		String[] events = Recorded.RESPONSES.stream().split("(?<=\n\n)");
		List<ObjectNode> told = new ArrayList<>(
				Recorded.read(exchange, String.join("", List.of(events).subList(0, 6)).getBytes()).events());
		assertThat(exchange.resume().orElseThrow().target())
			.isEqualTo("/v1/responses/resp_1?stream=true&starting_after=5");
		assertThat(exchange.cancel().orElseThrow().target()).isEqualTo("/v1/responses/resp_1/cancel");
		// A server that tells too much again tells it for nothing.
		List.of(events)
			.subList(4, events.length)
			.forEach((event) -> told
				.addAll(exchange.accept(new SseEvent(null, event.substring(event.indexOf("data: ") + 6).strip()))));
		told.removeIf((event) -> AgUiEvents.type(event).equals("CUSTOM"));
		AgUiChecker.check(told);
		assertThat(words(told)).isEqualTo("Hello 🌍");
	}

	@Test
	void leavesOutWhatIsKnownWhenATaskIsToldAgain() {
		AgentExchange exchange = AgentFormats.begin(Recorded.A2A.agent("/a2a", true), Recorded.input());
		assertThat(exchange.resume()).isEmpty();
		String[] events = Recorded.A2A.stream().split("(?<=\n\n)");
		List<ObjectNode> told = new ArrayList<>(
				Recorded.read(exchange, String.join("", List.of(events).subList(0, 3)).getBytes()).events());
		assertThat(new String(exchange.resume().orElseThrow().body(), StandardCharsets.UTF_8))
			.contains("\"method\":\"SubscribeToTask\"", "\"id\":\"task-1\"");
		told.addAll(exchange.accept(new SseEvent(null, """
				{"result":{"task":{"id":"task-1","contextId":"ctx-1","status":{"state":"TASK_STATE_COMPLETED"},
				"artifacts":[{"artifactId":"a1","parts":[{"text":"Hello 🌍"}]}]}}}""")));
		AgUiChecker.check(told);
		assertThat(words(told)).isEqualTo("Looking.Hello 🌍");
	}

	@Test
	void restatesWhatChangedWhileNobodyListened() {
		AgentExchange exchange = AgentFormats.begin(Recorded.A2A.agent("/a2a", true), Recorded.input());
		Told told = Recorded.read(exchange,
				(Recorded.A2A.stream().split("data: .*Looking")[0]
						+ """
								data: {"result":{"artifactUpdate":{"taskId":"task-1","artifact":{"artifactId":"a1","parts":[{"text":"Draft"}]}}}}

								data: {"result":{"artifactUpdate":{"taskId":"task-1","artifact":{"artifactId":"a1","parts":[{"text":"Final"}]}}}}

								data: {"result":{"statusUpdate":{"taskId":"task-1","status":{"state":"TASK_STATE_COMPLETED"}}}}

								""")
					.getBytes());
		AgUiChecker.check(told.events());
		assertThat(told.types()).containsSubsequence("TEXT_MESSAGE_END", "MESSAGES_SNAPSHOT", "RUN_FINISHED");
		assertThat(told.events().toString())
			.contains("\"messages\":[{\"id\":\"u-a1\",\"role\":\"assistant\",\"content\":\"Final\"}]");
	}

	@Test
	void asksHowATaskEndedThatIsOverAlready() {
		AgentExchange exchange = AgentFormats.begin(Recorded.A2A.agent("/a2a", true), Recorded.input());
		Recorded.read(exchange, Recorded.A2A.stream().split("(?<=\n\n)")[0].getBytes());
		exchange.resume();
		assertThat(exchange.accept(new SseEvent(null, "{\"error\":{\"code\":-32004,\"message\":\"over\"}}"))).isEmpty();
		assertThat(new String(exchange.resume().orElseThrow().body(), StandardCharsets.UTF_8))
			.contains("\"method\":\"GetTask\"");
		assertThat(exchange.accept(new SseEvent(null, """
				{"result":{"id":"task-1","status":{"state":"TASK_STATE_COMPLETED"},
				"artifacts":[{"artifactId":"a1","parts":[{"text":"All."}]}]}}"""))).extracting(AgUiEvents::type)
			.containsExactly("TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "RUN_FINISHED");
	}

	@Test
	void endsARunThatAsksForSomethingWithAnInterrupt() {
		Told told = Recorded.read(Recorded.A2A.exchange(),
				"""
						data: {"result":{"task":{"id":"task-1","contextId":"ctx-1","status":{"state":"TASK_STATE_INPUT_REQUIRED","message":{"messageId":"q","role":"ROLE_AGENT","parts":[{"text":"Which one?"}]}}}}}

						"""
					.getBytes());
		AgUiChecker.check(told.events());
		assertThat(told.outcome()).isEqualTo(Outcome.FINISHED);
		assertThat(told.last().path("outcome").toString()).isEqualTo(
				"{\"type\":\"interrupt\",\"interrupts\":[{\"id\":\"task-1\",\"reason\":\"input_required\",\"message\":\"Which one?\"}]}");
	}

	private static String words(List<ObjectNode> events) {
		return events.stream()
			.filter((event) -> AgUiEvents.type(event).equals("TEXT_MESSAGE_CONTENT"))
			.map((event) -> event.path("delta").asString())
			.reduce("", String::concat);
	}

}
