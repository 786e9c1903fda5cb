package dev.pergola.shell.assets;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.reactive.server.WebTestClient;

class AssetRoutesTests {

	private final Assets assets = new Assets(Map.of("ui/a.js", "export {};".getBytes(StandardCharsets.UTF_8)));

	private final WebTestClient client = WebTestClient.bindToRouterFunction(new AssetRoutes(this.assets).routes())
		.build();

	@Test
	void aFileOfThisBuildIsKeptForEver() {
		this.client.get()
			.uri(this.assets.url("ui/a.js"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Cache-Control", ".*immutable.*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/none", "/assets/none/", "/assets/none/b.js" })
	void whatIsNotThereIsNotFound(String path) {
		this.client.get().uri(path).exchange().expectStatus().isNotFound();
	}

}
