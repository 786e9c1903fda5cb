package dev.pergola.bff.formats;

import java.util.List;
import java.util.Map;

import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of A2A 1.0 over JSON-RPC. */
final class A2aRequest {

	private static final Map<String, String> HEADERS = Map.of("A2A-Version", "1.0");

	private A2aRequest() {
	}

	/**
	 * What the person said last; an answer to a task that waits goes to that task, whose
	 * id is that of the interrupt.
	 */
	static AgentRequest send(AgentHttp agent, Asked asked) {
		ObjectNode params = Json.object();
		ObjectNode message = params.putObject("message")
			.put("messageId", asked.runId() + "-u")
			.put("role", "ROLE_USER");
		ArrayNode parts = message.putArray("parts");
		JsonNode resumed = asked.input().path("resume").path(0);
		if (resumed.isObject()) {
			message.put("taskId", Json.text(resumed, "interruptId"));
			answer(resumed.path("payload"), parts);
		}
		else {
			A2aContext.find(asked.input().path("messages")).ifPresent((id) -> message.put("contextId", id));
			lastWords(asked).forEach((part) -> part(part, parts));
		}
		return call(agent, asked, "SendStreamingMessage", params);
	}

	/** What is cancelled instead of answered. */
	static boolean isAbandoned(Asked asked) {
		return Json.text(asked.input().path("resume").path(0), "status").equals("cancelled");
	}

	static AgentRequest ofTask(AgentHttp agent, Asked asked, String method, String taskId) {
		return call(agent, asked, method, Json.object().put("id", taskId));
	}

	private static AgentRequest call(AgentHttp agent, Asked asked, String method, ObjectNode params) {
		ObjectNode call = Json.object()
			.put("jsonrpc", "2.0")
			.put("id", asked.runId() + "-" + method)
			.put("method", method);
		call.set("params", params);
		return new AgentRequest(agent.path(), HEADERS, Json.bytes(call));
	}

	private static List<JsonNode> lastWords(Asked asked) {
		return asked.messages()
			.reversed()
			.stream()
			.filter((each) -> Json.text(each, "role").equals("user"))
			.findFirst()
			.map((each) -> Asked.parts(each.path("content")))
			.orElse(List.of());
	}

	private static void answer(JsonNode payload, ArrayNode parts) {
		if (payload.isString()) {
			parts.addObject().put("text", payload.stringValue());
		}
		else {
			parts.addObject().set("data", payload.isMissingNode() ? Json.object() : payload);
		}
	}

	private static void part(JsonNode part, ArrayNode parts) {
		JsonNode source = part.path("source");
		String value = Json.text(source, "value");
		if (Json.text(part, "type").equals("text")) {
			parts.addObject().put("text", Json.text(part, "text"));
		}
		else if (!value.isEmpty() && !Json.text(source, "type").equals("file")) {
			ObjectNode told = parts.addObject().put(Json.text(source, "type").equals("url") ? "url" : "raw", value);
			if (source.path("mimeType").isString()) {
				told.put("mediaType", Json.text(source, "mimeType"));
			}
		}
	}

}
