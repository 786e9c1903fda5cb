package dev.pergola.bff.formats;

import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events whose data are the words of one message. Its end is {@code [DONE]}, or that of
 * an answer HTTP knows to be whole.
 */
final class TextExchange implements AgentExchange {

	private static final String DONE = "[DONE]";

	private final AgentHttp agent;

	private final ObjectNode input;

	private final String runId;

	private final String messageId;

	private boolean begun;

	TextExchange(AgentHttp agent, ObjectNode input) {
		this.agent = agent;
		this.input = input;
		this.runId = new Asked(input).runId();
		this.messageId = this.runId + "-m";
	}

	@Override
	public AgentRequest start() {
		return AgentRequest.post(this.agent.path(), Json.bytes(this.input));
	}

	@Override
	public List<ObjectNode> accept(SseEvent event) {
		if (event.data().equals(DONE)) {
			return finish();
		}
		List<ObjectNode> events = begin();
		events.add(AgUiEvents.textContent(this.messageId, event.data()));
		return events;
	}

	@Override
	public List<ObjectNode> whole(boolean framed) {
		return framed ? finish() : List.of();
	}

	@Override
	public boolean isPlainText() {
		return true;
	}

	private List<ObjectNode> begin() {
		List<ObjectNode> events = new ArrayList<>();
		if (!this.begun) {
			this.begun = true;
			events.add(AgUiEvents.textStart(this.messageId));
		}
		return events;
	}

	private List<ObjectNode> finish() {
		List<ObjectNode> events = begin();
		events.add(AgUiEvents.textEnd(this.messageId));
		events.add(AgUiEvents.runFinished(this.runId, this.runId, "success"));
		return events;
	}

}
