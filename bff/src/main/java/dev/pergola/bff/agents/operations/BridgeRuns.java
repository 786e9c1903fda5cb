package dev.pergola.bff.agents.operations;

import java.io.ByteArrayOutputStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.bff.agents.BridgeProperties;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an agent-bridge knows of the programs it ran. */
final class BridgeRuns {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient client;

	private final BridgeProperties bridge;

	private final OperationsProperties properties;

	BridgeRuns(HttpClient client, BridgeProperties bridge, OperationsProperties properties) {
		this.client = client;
		this.bridge = bridge;
		this.properties = properties;
	}

	/**
	 * The program of a run.
	 * @return empty when the bridge does not answer, or has forgotten the run
	 */
	Mono<Program> find(String id) {
		if (this.bridge.bridgeUrl().isEmpty()) {
			return Mono.empty();
		}
		return this.client
			.headers((headers) -> headers.set("Authorization", "Bearer " + this.bridge.bridgeToken())
				.set("Accept", "application/json"))
			.get()
			.uri(this.bridge.bridgeUrl() + "/bridge/v1/runs/" + id)
			.response((response, content) -> (response.status().code() == 200) ? content.map(ByteBufUtil::getBytes)
					: content.take(0).thenMany(Flux.empty()))
			.scan(new ByteArrayOutputStream(), BridgeRuns::add)
			.takeWhile((bytes) -> bytes.size() <= this.properties.maxProgram().toBytes())
			.last()
			.filter((bytes) -> bytes.size() > 0)
			.map((bytes) -> Program.of(JSON.readTree(bytes.toByteArray())))
			.timeout(this.properties.bridgeTimeout())
			// The run is told of without it.
			.onErrorComplete();
	}

	private static ByteArrayOutputStream add(ByteArrayOutputStream all, byte[] piece) {
		all.writeBytes(piece);
		return all;
	}

	/**
	 * A program, as far as the bridge tells.
	 *
	 * @param stderr end of what it wrote there, secrets taken out
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Program(@Nullable String runner, @Nullable String state, @Nullable Integer exitCode, @Nullable String signal,
			@Nullable String stderr) {

		static Program of(JsonNode run) {
			JsonNode exit = run.path("exitCode");
			return new Program(text(run, "runner"), text(run, "state"), exit.canConvertToInt() ? exit.intValue() : null,
					text(run, "signal"), text(run, "stderr"));
		}

		private static @Nullable String text(JsonNode run, String name) {
			JsonNode value = run.path(name);
			return (value.isString() || value.isNumber()) ? value.asString() : null;
		}

	}

}
