package dev.pergola.bridge.driver.acp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import dev.pergola.bridge.agui.Resume;
import dev.pergola.bridge.driver.Approval;
import dev.pergola.bridge.driver.Approvals;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests for leave of an ACP agent, and a person's answers to them.
 */
final class AcpPermissions {

	private final JsonRpcPeer peer;

	private final Approvals approvals;

	AcpPermissions(JsonRpcPeer peer, Approvals approvals) {
		this.peer = peer;
		this.approvals = approvals;
	}

	/** What version 1 has in one place, and version 2 in another. */
	static JsonNode toolCall(JsonNode params) {
		JsonNode subject = params.path("subject");
		return subject.isObject() ? subject.path("toolCall") : params.path("toolCall");
	}

	/**
	 * @param rpcId to answer with
	 */
	void asked(JsonNode rpcId, JsonNode params) {
		JsonNode call = toolCall(params);
		ObjectNode request = JsonLines.object();
		request.set("id", rpcId);
		request.set("options", params.path("options"));
		String tool = call.path("name").asString(call.path("kind").asString("tool"));
		String title = params.path("title").asString(call.path("title").asString(tool));
		boolean lasting = option(params.path("options"), "allow_always").isPresent();
		this.approvals.ask(new Approval("acp-" + rpcId.asString(""), tool, callId(params, call), null,
				"The agent asks for leave: %s".formatted(title), arguments(params, call), lasting, request));
	}

	/** Passes a person's answers on. */
	void give(List<Resume> answers, EventSink sink) throws IOException, DialogueException {
		this.approvals.give(answers, sink, this::decide);
	}

	/** Nobody is going to answer: whatever is open ends with the turn. */
	void cancelAll(EventSink sink) throws IOException, DialogueException {
		this.approvals.refuseAll(sink,
				(approval, refusal, reason) -> this.peer.answer(approval.request().path("id"), cancelled()));
	}

	/** Where the agent offers nothing of the kind, it hears that nobody chose. */
	private void decide(Approval open, Verdict verdict, String reason) throws IOException, DialogueException {
		String kind = switch (verdict) {
			case REFUSE -> "reject_once";
			case ONCE -> "allow_once";
			case ALWAYS -> "allow_always";
		};
		Optional<String> option = option(open.request().path("options"), kind);
		this.peer.answer(open.request().path("id"),
				option.map((id) -> outcome("selected").put("optionId", id))
					.map(AcpPermissions::wrap)
					.orElseGet(AcpPermissions::cancelled));
	}

	private static Optional<String> option(JsonNode options, String kind) {
		return options.valueStream()
			.filter((option) -> option.path("kind").asString("").equals(kind))
			.map((option) -> option.path("optionId").asString(""))
			.findFirst();
	}

	private static ObjectNode cancelled() {
		return wrap(outcome("cancelled"));
	}

	private static ObjectNode outcome(String name) {
		return JsonLines.object().put("outcome", name);
	}

	private static ObjectNode wrap(ObjectNode outcome) {
		return JsonLines.object().set("outcome", outcome);
	}

	private static @Nullable String callId(JsonNode params, JsonNode call) {
		String id = call.path("toolCallId").asString(params.path("subject").path("toolCallId").asString(""));
		return id.isEmpty() ? null : id;
	}

	/** Version 2 may ask about a command alone. */
	private static JsonNode arguments(JsonNode params, JsonNode call) {
		if (call.has("rawInput")) {
			return call.path("rawInput");
		}
		ObjectNode arguments = JsonLines.object();
		JsonNode subject = params.path("subject");
		if (subject.has("command")) {
			arguments.set("command", subject.path("command"));
			arguments.set("cwd", subject.path("cwd"));
		}
		else if (call.has("content")) {
			arguments.set("content", call.path("content"));
		}
		return arguments;
	}

}
