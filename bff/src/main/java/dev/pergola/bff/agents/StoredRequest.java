package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.pergola.bff.caller.AccessTokenSource;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.Trace;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.catalog.Audience;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was asked, as other nodes read it: all but the access token, which no other node
 * may have, and what a person may do, which was decided.
 */
final class StoredRequest {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private StoredRequest() {
	}

	static String write(RunRequest request) {
		return write(request, request.input().json());
	}

	/** The same, where of the conversation the title alone is kept. */
	static String writeBrief(RunRequest request) {
		ObjectNode input = JSON.createObjectNode()
			.put("threadId", request.input().threadId())
			.put("runId", request.input().runId());
		input.putArray("messages").addObject().put("role", "user").put("content", request.input().title());
		return write(request, input);
	}

	private static String write(RunRequest request, ObjectNode input) {
		ObjectNode facts = JSON.createObjectNode()
			.put("module", request.offer().module())
			.put("team", request.offer().team())
			.put("person", request.caller().key())
			.put("subject", request.caller().subject())
			.put("tenant", request.caller().tenant())
			.put("traceparent", request.trace().parent());
		facts.set("agent", JSON.valueToTree(request.offer().agent()));
		facts.set("input", input);
		return JSON.writeValueAsString(facts);
	}

	/** A request that can be watched and gone on with, and not begun again. */
	static RunRequest read(String facts) {
		JsonNode json = JSON.readTree(facts);
		AgentOffer offer = new AgentOffer(json.path("module").asString(""),
				JSON.treeToValue(json.path("agent"), Agent.class), null, text(json, "team"));
		String subject = json.path("subject").asString("");
		Caller caller = new Caller(json.path("person").asString(""),
				Audience.of(subject, text(json, "tenant"), Set.of(), Set.of(), Set.of()), Set.of());
		RunInput input = RunInput.parse(json.path("input").toString().getBytes(StandardCharsets.UTF_8));
		return new RunRequest(offer, input, caller, AccessTokenSource.of(""),
				Trace.read(text(json, "traceparent"), null));
	}

	private static @Nullable String text(JsonNode json, String field) {
		return json.path(field).isString() ? json.path(field).stringValue() : null;
	}

}
