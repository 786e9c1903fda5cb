package dev.pergola.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("CLI-22")
@Timeout(60)
class ShutdownIntegrationTests {

	private static final String TOKEN = "secret-of-the-service";

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS = new ParameterizedTypeReference<>() {
	};

	@Test
	void runsEndAndTheirReadersAreToldBeforeTheServerWaits(@TempDir Path directory) {
		ConfigurableApplicationContext bridge = new SpringApplicationBuilder(AgentBridgeApplication.class)
			.properties(Map.of("server.port", "0", "management.server.port", "-1", "server.shutdown", "graceful",
					"spring.lifecycle.timeout-per-shutdown-phase", "30s", "pergola.agent-bridge.directory",
					directory.toString(), "pergola.agent-bridge.stop.sigint", "200ms",
					"pergola.agent-bridge.stop.sigterm", "200ms"))
			.properties(Map.of("pergola.agent-bridge.runners.deaf.command[0]", "bash",
					"pergola.agent-bridge.runners.deaf.command[1]", "-c",
					"pergola.agent-bridge.runners.deaf.command[2]",
					"trap '' TERM INT; printf started; while :; do sleep 1; done"))
			.run("--pergola.agent-bridge.service-token=" + TOKEN);
		List<String> told = new CopyOnWriteArrayList<>();
		Flux<ServerSentEvent<String>> run = start(bridge.getEnvironment().getProperty("local.server.port"));
		CompletableFuture<Void> ended = run.mapNotNull(ServerSentEvent::data).doOnNext(told::add).then().toFuture();
		await().until(() -> told.size() >= 3);
		long begin = System.nanoTime();
		bridge.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
		assertThat(ended).succeedsWithin(Duration.ofSeconds(2));
		assertThat(told).last().asString().contains("RUN_ERROR", "BRIDGE_STOPPING");
		assertThat(directory.resolve("leases")).isEmptyDirectory();
	}

	private static Flux<ServerSentEvent<String>> start(String port) {
		Map<String, Object> body = Map.of("threadId", "t", "runId", "r", "messages",
				List.of(Map.of("id", "1", "role", "user", "content", "x")));
		return WebClient.create("http://localhost:" + port)
			.post()
			.uri("/bridge/v1/runners/deaf/runs")
			.headers((headers) -> headers.setBearerAuth(TOKEN))
			.header("Pergola-Principal", "p")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(JsonMapper.shared().writeValueAsString(body))
			.retrieve()
			.bodyToFlux(EVENTS);
	}

}
