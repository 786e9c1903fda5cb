package dev.pergola.shell.browser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent whose runs are told in advance, each at once and whole.
 */
final class ScriptedRuns {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Queue<List<String>> scripts = new ConcurrentLinkedQueue<>();

	private final List<JsonNode> inputs = new CopyOnWriteArrayList<>();

	/** What the next run without a script tells, in JSON with single quotes. */
	ScriptedRuns then(String... events) {
		this.scripts.add(List.of(events));
		return this;
	}

	/** Events of one whole message. */
	static String[] says(String id, String text) {
		return new String[] { "{'type':'TEXT_MESSAGE_START','messageId':'" + id + "','role':'assistant'}",
				"{'type':'TEXT_MESSAGE_CONTENT','messageId':'" + id + "','delta':" + JSON.writeValueAsString(text)
						+ "}",
				"{'type':'TEXT_MESSAGE_END','messageId':'" + id + "'}",
				"{'type':'RUN_FINISHED','outcome':{'type':'success'},'usage':[{'inputTokens':1200,'outputTokens':34}]}" };
	}

	/** What was sent, one {@code RunAgentInput} for each run. */
	List<JsonNode> inputs() {
		return this.inputs;
	}

	Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().defaultIfEmpty("{}").flatMap((body) -> {
			this.inputs.add(JSON.readTree(body));
			List<String> script = this.scripts.remove();
			Flux<String> frames = Flux.range(0, script.size())
				.map((at) -> "id: %06d\ndata: %s\n\n".formatted(at, quoted(script.get(at))));
			return response.sse().sendString(frames, StandardCharsets.UTF_8).then();
		});
	}

	private static String quoted(String event) {
		return event.contains("TEXT_MESSAGE_CONTENT") ? event.replaceAll("'(\\w+)'", "\"$1\"")
				: event.replace('\'', '"');
	}

}
