package dev.pergola.bff.formats;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.AgUiReader;
import dev.pergola.bff.agui.NextEvent;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.AgentHttp;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * AG-UI as it is. An agent that may be resumed knows runs by their ids: the same request
 * again does not start a second one, {@code GET ?runId=…} with {@code Last-Event-ID} goes
 * on, and the end of a connection does not stop the run.
 */
final class AgUiExchange implements AgentExchange {

	private final AgentHttp agent;

	private final ObjectNode input;

	private final String runId;

	private final AgUiReader reader = new AgUiReader();

	private @Nullable String lastEventId;

	AgUiExchange(AgentHttp agent, ObjectNode input) {
		this.agent = agent;
		// It is the portal that reads the answer, not the client.
		this.input = input.put("protocolVersion", AgUiEvents.PROTOCOL);
		this.runId = URLEncoder.encode(new Asked(input).runId(), StandardCharsets.UTF_8);
	}

	@Override
	public AgentRequest start() {
		return AgentRequest.post(this.agent.path(), Json.bytes(this.input));
	}

	@Override
	public List<ObjectNode> accept(SseEvent event) {
		return next(event).stream().map(NextEvent::event).toList();
	}

	@Override
	public List<NextEvent> next(SseEvent event) {
		this.lastEventId = event.id();
		return this.reader.read(event.data())
			.map(List::of)
			.orElseGet(() -> Failures.malformed().stream().map(NextEvent::of).toList());
	}

	@Override
	public Optional<AgentRequest> resume() {
		if (!this.agent.mayResume()) {
			return Optional.empty();
		}
		String cursor = this.lastEventId;
		return Optional.of((cursor == null) ? start()
				: AgentRequest.get(this.agent.path() + "?runId=" + this.runId, Map.of("Last-Event-ID", cursor)));
	}

	@Override
	public Optional<AgentRequest> cancel() {
		return this.agent.mayResume()
				? Optional
					.of(AgentRequest.post(this.agent.path() + "/" + this.runId + "/cancel", Json.bytes(Json.object())))
				: Optional.empty();
	}

}
