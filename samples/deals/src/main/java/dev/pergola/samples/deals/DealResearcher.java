package dev.pergola.samples.deals;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

/**
 * Agent that answers questions about deals by rules, over its own data: no model behind
 * it. Streams as it goes and ends when nobody listens any more.
 */
class DealResearcher {

	private static final int MAX_PROMPT = 4000;

	private final DealStore store;

	private final Duration pace;

	/**
	 * @param pace time between two words; zero for none
	 */
	DealResearcher(DealStore store, Duration pace) {
		this.store = store;
		this.pace = pace;
	}

	/**
	 * Answers one {@code RunAgentInput}.
	 * @throws IOException when nobody listens any more
	 */
	void run(JsonNode input, AgentEvents events) throws IOException {
		String threadId = input.path("threadId").asString(UUID.randomUUID().toString());
		String runId = input.path("runId").asString(UUID.randomUUID().toString());
		events.send("RUN_STARTED", "threadId", threadId, "runId", runId, "protocolVersion", "1.1");
		try {
			research(prompt(input), events);
			events.send("RUN_FINISHED", "threadId", threadId, "runId", runId, "outcome", Map.of("type", "success"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			events.send("RUN_ERROR", "message", "The service is stopping.", "code", "stopping");
		}
	}

	private void research(String prompt, AgentEvents events) throws IOException, InterruptedException {
		LocalDate today = LocalDate.now(ZoneId.systemDefault());
		Question question = Question.of(prompt, this.store.find(DealQuery.ALL));
		if (question.isEmpty()) {
			say(events, Report.help(this.store.find(DealQuery.ALL)));
			return;
		}
		say(events, List.of("I look for " + question.describe() + "."));
		String callId = UUID.randomUUID().toString();
		events.send("TOOL_CALL_START", "toolCallId", callId, "toolCallName", "find_deals");
		events.send("TOOL_CALL_ARGS", "toolCallId", callId, "delta", question.toJson());
		events.send("TOOL_CALL_END", "toolCallId", callId);
		List<Deal> found = question.select(this.store.find(DealQuery.ALL), today);
		events.send("TOOL_CALL_RESULT", "messageId", UUID.randomUUID().toString(), "toolCallId", callId, "role", "tool",
				"content", "%d deals: %s".formatted(found.size(),
						String.join(", ", found.stream().limit(20).map(Deal::id).toList())));
		say(events, Report.of(found, today));
	}

	private void say(AgentEvents events, List<String> paragraphs) throws IOException, InterruptedException {
		String messageId = UUID.randomUUID().toString();
		events.send("TEXT_MESSAGE_START", "messageId", messageId, "role", "assistant");
		for (String word : String.join("\n\n", paragraphs).split("(?<=\\s)")) {
			events.send("TEXT_MESSAGE_CONTENT", "messageId", messageId, "delta", word);
			Thread.sleep(this.pace);
		}
		events.send("TEXT_MESSAGE_END", "messageId", messageId);
	}

	private static String prompt(JsonNode input) {
		List<String> said = new ArrayList<>();
		for (JsonNode message : input.path("messages")) {
			if (message.path("role").asString("").equals("user")) {
				said.add(text(message.path("content")));
			}
		}
		String last = said.isEmpty() ? "" : said.getLast();
		return last.substring(0, Math.min(last.length(), MAX_PROMPT));
	}

	private static String text(JsonNode content) {
		if (!content.isArray()) {
			return content.asString("");
		}
		List<String> parts = new ArrayList<>();
		content.forEach((part) -> parts.add(part.path("text").asString("")));
		return String.join(" ", parts);
	}

}
