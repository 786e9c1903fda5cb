package dev.pergola.bff.formats;

import java.util.List;
import java.util.Optional;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent of A2A 1.0. What it produces are messages of the run; what it asks for ends
 * the run, and the next one brings the answer. A cut stream has no cursor: the task is
 * told whole again, and what the viewers have of it is left out.
 */
final class A2aExchange implements AgentExchange {

	/** {@code UnsupportedOperationError}: the task is over, there is nothing to watch. */
	private static final int UNSUPPORTED = -32004;

	private final AgentHttp agent;

	private final Asked asked;

	private final A2aMessages messages;

	private volatile String taskId = "";

	private String contextId = "";

	private boolean resumed;

	private boolean over;

	A2aExchange(AgentHttp agent, ObjectNode input) {
		this.agent = agent;
		this.asked = new Asked(input);
		this.messages = new A2aMessages(this.asked);
	}

	@Override
	public AgentRequest start() {
		return A2aRequest.isAbandoned(this.asked)
				? A2aRequest.ofTask(this.agent, this.asked, "CancelTask",
						Json.text(this.asked.input().path("resume").path(0), "interruptId"))
				: A2aRequest.send(this.agent, this.asked);
	}

	@Override
	public String source() {
		return "a2a";
	}

	@Override
	public List<ObjectNode> accept(SseEvent event) {
		ObjectNode answer = Json.read(event.data()).orElse(null);
		if (answer == null) {
			return Failures.malformed();
		}
		if (answer.path("error").isObject()) {
			return error(answer.path("error"));
		}
		JsonNode result = answer.has("result") ? answer.path("result") : answer;
		if (result.path("task").isObject()) {
			task(result.path("task"));
		}
		else if (result.path("statusUpdate").isObject()) {
			names(result.path("statusUpdate"), "taskId");
			status(result.path("statusUpdate").path("status"));
		}
		else if (result.path("artifactUpdate").isObject()) {
			names(result.path("artifactUpdate"), "taskId");
			artifact(result.path("artifactUpdate"));
		}
		else if (result.path("message").isObject()) {
			// An agent without tasks: its message is all there is.
			names(result.path("message"), "taskId");
			message(result.path("message"));
			end("success");
		}
		else if (result.path("status").isObject()) {
			task(result);
		}
		return this.messages.take();
	}

	@Override
	public Optional<AgentRequest> resume() {
		if (!this.agent.mayResume() || this.taskId.isEmpty()) {
			return Optional.empty();
		}
		this.resumed = true;
		return Optional
			.of(A2aRequest.ofTask(this.agent, this.asked, this.over ? "GetTask" : "SubscribeToTask", this.taskId));
	}

	@Override
	public Optional<AgentRequest> cancel() {
		return this.taskId.isEmpty() ? Optional.empty()
				: Optional.of(A2aRequest.ofTask(this.agent, this.asked, "CancelTask", this.taskId));
	}

	@Override
	public boolean mayAnswerAtOnce() {
		return true;
	}

	private List<ObjectNode> error(JsonNode error) {
		if (this.resumed && !this.over && error.path("code").asInt(0) == UNSUPPORTED) {
			// It ended while nobody listened: the next try asks how.
			this.over = true;
			return List.of();
		}
		return Failures.told("a2a");
	}

	private void task(JsonNode task) {
		names(task, "id");
		for (JsonNode artifact : task.path("artifacts")) {
			this.messages.whole(Json.text(artifact, "artifactId"), artifact.path("parts"), this.contextId);
		}
		status(task.path("status"));
	}

	private void names(JsonNode node, String field) {
		String id = Json.text(node, field);
		this.taskId = id.isEmpty() ? this.taskId : id;
		String context = Json.text(node, "contextId");
		this.contextId = context.isEmpty() ? this.contextId : context;
	}

	private void status(JsonNode status) {
		String state = Json.text(status, "state");
		JsonNode message = status.path("message");
		boolean asks = state.equals("TASK_STATE_INPUT_REQUIRED") || state.equals("TASK_STATE_AUTH_REQUIRED");
		if (message.isObject()) {
			message(message);
		}
		switch (state) {
			case "TASK_STATE_COMPLETED" -> end("success");
			case "TASK_STATE_CANCELED" -> end("cancelled");
			case "TASK_STATE_FAILED" -> this.messages.add(Failures.told("a2a"));
			case "TASK_STATE_REJECTED" -> this.messages.add(Failures.declined());
			default -> {
				if (asks) {
					interrupt(state.equals("TASK_STATE_AUTH_REQUIRED") ? "auth_required" : "input_required", message);
				}
			}
		}
	}

	private void interrupt(String reason, JsonNode message) {
		if (this.taskId.isEmpty()) {
			// Nobody could answer.
			this.messages.add(Failures.malformed());
			return;
		}
		this.messages.closeAll();
		ObjectNode event = AgUiEvents.runFinished(this.asked.runId(), this.asked.runId(), "interrupt");
		ObjectNode interrupt = ((ObjectNode) event.get("outcome")).putArray("interrupts")
			.addObject()
			.put("id", this.taskId)
			.put("reason", reason);
		String text = A2aMessages.text(message.path("parts"));
		if (!text.isEmpty()) {
			interrupt.put("message", text);
		}
		this.messages.add(List.of(event));
	}

	private void end(String outcome) {
		this.messages.closeAll();
		this.messages.add(List.of(AgUiEvents.runFinished(this.asked.runId(), this.asked.runId(), outcome)));
	}

	private void message(JsonNode message) {
		String id = "m-" + Json.text(message, "messageId");
		this.messages.whole(id, message.path("parts"), this.contextId);
		this.messages.close(id);
	}

	private void artifact(JsonNode update) {
		JsonNode artifact = update.path("artifact");
		String id = Json.text(artifact, "artifactId");
		if (update.path("append").asBoolean(false)) {
			this.messages.append(id, artifact.path("parts"), this.contextId);
		}
		else {
			this.messages.whole(id, artifact.path("parts"), this.contextId);
		}
		if (update.path("lastChunk").asBoolean(false)) {
			this.messages.close(id);
		}
	}

}
