package dev.pergola.samples.deals;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Agent that answers questions about deals by rules, over its own data: no model behind
 * it. Streams as it goes and ends when nobody listens any more.
 */
class DealResearcher {

	private static final Logger log = Logger.getLogger(DealResearcher.class.getName());

	private static final int MAX_PROMPT = 4000;

	private static final int MAX_CHANGES = 10;

	private static final Pattern RISK = Pattern.compile("\\b(note|mark|flag)\\b.*\\brisk\\b",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final Map<String, Object> SUCCESS = Map.of("type", "success");

	private static final Map<String, Object> DECISION = Map.of("type", "object", "properties",
			Map.of("decision", Map.of("type", "string", "enum", List.of("refuse", "once"))), "required",
			List.of("decision"));

	private final DealStore store;

	private final Duration pace;

	private final Approvals approvals = new Approvals(Clock.systemUTC());

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
	void run(JsonNode input, Caller caller, AgentEvents events) throws IOException {
		String threadId = input.path("threadId").asString(UUID.randomUUID().toString());
		String runId = input.path("runId").asString(UUID.randomUUID().toString());
		events.send("RUN_STARTED", "threadId", threadId, "runId", runId, "protocolVersion", "1.1");
		try {
			Map<String, Object> outcome = answer(input, caller, events);
			events.send("RUN_FINISHED", "threadId", threadId, "runId", runId, "outcome", outcome);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			events.send("RUN_ERROR", "message", "The service is stopping.", "code", "stopping");
		}
	}

	private Map<String, Object> answer(JsonNode input, Caller caller, AgentEvents events)
			throws IOException, InterruptedException {
		JsonNode decision = input.path("resume").path(0);
		if (!decision.isMissingNode()) {
			decided(decision, caller, events);
			return SUCCESS;
		}
		String prompt = prompt(input);
		List<Deal> named = RISK.matcher(prompt).find() ? named(prompt) : List.of();
		if (named.isEmpty()) {
			research(prompt, events);
			return SUCCESS;
		}
		if (!caller.hasAnyRole("business", "admin")) {
			say(events, List.of("You may read deals, not change them."));
			return SUCCESS;
		}
		return ask(named.stream().limit(MAX_CHANGES).toList(), caller, events);
	}

	/** Deals that a note of a risk would change. */
	private List<Deal> named(String prompt) {
		List<Deal> deals = this.store.find(DealQuery.ALL);
		// What is to be noted is no word of the search.
		Question question = Question.of(prompt.replaceAll("(?i)risk", ""), deals);
		return question.isEmpty() ? List.of()
				: question.select(deals, LocalDate.now(ZoneId.systemDefault()))
					.stream()
					.filter((deal) -> deal.isOpen() && !deal.atRisk())
					.toList();
	}

	/**
	 * Says what would change, and waits for the person: nothing is written before.
	 */
	private Map<String, Object> ask(List<Deal> deals, Caller caller, AgentEvents events)
			throws IOException, InterruptedException {
		String names = String.join(", ", deals.stream().map((deal) -> "“" + deal.title() + "”").toList());
		say(events, List.of("I can note that as a risk. It is for you to decide."));
		String callId = UUID.randomUUID().toString();
		Map<String, Object> arguments = Map.of("deals", deals.stream().map(Deal::id).toList(), "risk", true);
		events.send("TOOL_CALL_START", "toolCallId", callId, "toolCallName", "note_risk");
		events.send("TOOL_CALL_ARGS", "toolCallId", callId, "delta", new JsonMapper().writeValueAsString(arguments));
		events.send("TOOL_CALL_END", "toolCallId", callId);
		Approvals.Approval approval = this.approvals.ask(caller.subject(), callId,
				deals.stream().map(Deal::id).toList());
		return Map.of("type", "interrupt", "interrupts",
				List.of(Map.of("id", approval.id(), "reason", "tool_call", "toolCallId", callId, "message",
						"Note as at risk: " + names, "expiresAt", approval.expiresAt().toString(), "responseSchema",
						DECISION, "metadata", Map.of("arguments", arguments, "consequence", count(deals.size())))));
	}

	private void decided(JsonNode answer, Caller caller, AgentEvents events) throws IOException, InterruptedException {
		Optional<Approvals.Approval> asked = this.approvals.take(answer.path("interruptId").asString(""),
				caller.subject());
		if (asked.isEmpty()) {
			say(events, List.of("That question is no longer open, so nothing was changed. Please ask again."));
			return;
		}
		Approvals.Approval approval = asked.get();
		boolean allowed = answer.path("status").asString("").equals("resolved")
				&& answer.path("payload").path("decision").asString("").equals("once")
				&& caller.hasAnyRole("business", "admin");
		log.log(Level.INFO, "decision approval={0} subject={1} allowed={2} deals={3}",
				new Object[] { approval.id(), caller.subject(), allowed, approval.deals() });
		long changed = allowed ? approval.deals().stream().filter(this.store::noteRisk).count() : 0;
		events.send("TOOL_CALL_RESULT", "messageId", UUID.randomUUID().toString(), "toolCallId", approval.callId(),
				"role", "tool", "content", allowed ? count(changed) + " noted as at risk" : "refused by the person");
		say(events, List
			.of(allowed ? "Done: %s noted as at risk.".formatted(count(changed)) : "I left everything as it is."));
	}

	private static String count(long deals) {
		return (deals == 1) ? "1 deal" : deals + " deals";
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
