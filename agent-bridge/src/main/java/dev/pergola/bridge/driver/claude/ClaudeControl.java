package dev.pergola.bridge.driver.claude;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.pergola.bridge.driver.Approval;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.ProgramIo;
import dev.pergola.bridge.driver.Verdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Control requests of both sides. Each of ours has an id of its own; an answer that comes
 * late, twice or to nothing is ignored.
 */
final class ClaudeControl {

	/** Time to begin; who starts the program may have less. */
	static final Duration START = Duration.ofSeconds(60);

	static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ProgramIo io;

	private final Map<String, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

	ClaudeControl(ProgramIo io) {
		this.io = io;
	}

	/**
	 * Asks Claude for something that needs no more than its name.
	 * @return completes with Claude's answer, or with a timeout
	 */
	CompletableFuture<JsonNode> ask(String subtype, Duration patience) throws IOException, DialogueException {
		String id = UUID.randomUUID().toString();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.asked.put(id, answer);
		ObjectNode request = JsonLines.object().put("type", "control_request").put("request_id", id);
		request.putObject("request").put("subtype", subtype);
		JsonLines.write(this.io, request);
		return answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((done, failure) -> this.asked.remove(id));
	}

	/** An answer to one of ours. */
	void answered(ObjectNode line) {
		JsonNode response = line.path("response");
		CompletableFuture<JsonNode> waiting = this.asked.remove(response.path("request_id").asString(""));
		if (waiting == null) {
			return;
		}
		if (response.path("subtype").asString("").equals("success")) {
			waiting.complete(response.path("response"));
		}
		else {
			waiting.completeExceptionally(new DialogueException("AGENT_PROTOCOL", "The agent refused to begin."));
		}
	}

	/** Says that we do not do what Claude asks for, so that it does not wait. */
	void decline(String requestId) throws IOException, DialogueException {
		ObjectNode answer = JsonLines.object().put("type", "control_response");
		answer.putObject("response").put("subtype", "error").put("request_id", requestId).put("error", "not supported");
		JsonLines.write(this.io, answer);
	}

	/**
	 * Answers a request for leave.
	 * @param reason what the model reads where the tool is refused
	 */
	void decide(Approval approval, Verdict verdict, String reason) throws IOException, DialogueException {
		ObjectNode response = JsonLines.object();
		if (verdict == Verdict.REFUSE) {
			response.put("behavior", "deny").put("message", reason);
		}
		else {
			response.put("behavior", "allow").set("updatedInput", approval.arguments());
		}
		if (verdict == Verdict.ALWAYS) {
			response.set("updatedPermissions", forThisSession(approval.request().path("permission_suggestions")));
		}
		answer(approval.id(), response);
	}

	/** Refuses a tool and ends the turn with it. */
	void refuseAndStop(Approval approval, Verdict refusal, String reason) throws IOException, DialogueException {
		answer(approval.id(), JsonLines.object().put("behavior", "deny").put("message", reason).put("interrupt", true));
	}

	private void answer(String requestId, ObjectNode response) throws IOException, DialogueException {
		ObjectNode answer = JsonLines.object().put("type", "control_response");
		answer.putObject("response").put("subtype", "success").put("request_id", requestId).set("response", response);
		JsonLines.write(this.io, answer);
	}

	/** Claude's own suggestions, kept in memory and never in a file of settings. */
	private static ArrayNode forThisSession(JsonNode suggestions) {
		ArrayNode rules = JsonLines.object().putArray("rules");
		for (JsonNode suggestion : suggestions) {
			if (suggestion.deepCopy() instanceof ObjectNode rule) {
				rules.add(rule.put("destination", "session"));
			}
		}
		return rules;
	}

}
