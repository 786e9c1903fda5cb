package dev.pergola.registry.client;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import dev.pergola.manifests.catalog.CatalogJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** As in {@code standalone}: the registry is behind the same web server. */
@ExtendWith(OutputCaptureExtension.class)
class OneProcessIntegrationTests {

	@TempDir
	Path directory;

	@Test
	void connectsOnceTheServerIsUpAndLeavesWithoutNoise(CapturedOutput output) throws IOException {
		int port = freePort();
		SpringApplication application = new SpringApplication(Portal.class);
		try (ConfigurableApplicationContext context = application.run("--server.port=" + port,
				"--server.shutdown=graceful", "--spring.main.banner-mode=off",
				"--pergola.registry-client.url=http://localhost:" + port,
				"--pergola.registry-client.directory=" + this.directory)) {
			CatalogSource source = context.getBean(CatalogSource.class);
			await().atMost(Duration.ofSeconds(30)).until(() -> source.current().revision() == 4);
		}
		assertThat(output).contains("watching the registry", "Graceful shutdown complete");
		assertThat(output.toString().lines()).noneMatch((line) -> line.contains(" WARN ") || line.contains(" ERROR "));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Registry.class)
	static class Portal {

	}

	@RestController
	static class Registry {

		@GetMapping("/registry/v1/catalog/watch")
		Flux<ServerSentEvent<String>> watch() {
			String json = new String(CatalogJson.write(Catalogs.catalog(4)), StandardCharsets.UTF_8);
			return Flux.concat(Flux.just(ServerSentEvent.builder(json).event("catalog").id("4").build()), Flux.never());
		}

	}

}
