package dev.pergola.bff.openapi;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PortalDocumentTests {

	private final PortalDocument portal = new PortalDocument(URI.create("https://portal.example"));

	private String of(String upstream, String document) throws UnreadableDescriptionException {
		return new String(this.portal.of("deals", URI.create(upstream), document.getBytes(StandardCharsets.UTF_8)),
				StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@CsvSource({ "http://deals:8080, http://deals:8080, ''", "http://deals:8080, http://deals:8080/, ''",
			"http://deals:8080, http://deals:8080/v1/, /v1", "http://deals:8080, /v1, /v1",
			"http://deals:8080/v1, http://DEALS:8080/v1, ''", "http://deals:8080/v1, /v1/api, /api",
			"http://deals:8080/v1, /v12, ''", "http://deals:8080, https://public.example/api, ''",
			"http://deals:8080, 'https://{region}.example/api', ''", "http://deals:8080, /../admin, ''",
			"http://deals:8080, '', ''" })
	void theServersPathCountsWhereItIsTheServicesOwn(String upstream, String server, String path) throws Exception {
		String document = "{\"openapi\":\"3.0.0\",\"servers\":[{\"url\":\"%s\"}],\"paths\":{}}".formatted(server);
		assertThat(of(upstream, document))
			.contains("\"servers\":[{\"url\":\"https://portal.example/api/deals%s\"}]".formatted(path));
	}

	@Test
	void aDocumentWithoutServersGetsOne() throws Exception {
		assertThat(of("http://deals:8080", "openapi: 3.1.0\npaths: {}\n"))
			.contains("https://portal.example/api/deals\"");
	}

	@ParameterizedTest
	@Tag("security-48")
	@ValueSource(strings = { "", "{", "[]", "openapi: 2.0", "{\"swagger\":\"2.0\"}", "\u0000", "openapi: [3.0" })
	void whatIsNoDocumentIsRefused(String text) {
		assertThatExceptionOfType(UnreadableDescriptionException.class).isThrownBy(() -> of("http://deals", text));
	}

	@Test
	@Tag("security-48")
	void whatTheRegistryWouldNotTakeIsNotReadHereEither() {
		assertThatExceptionOfType(UnreadableDescriptionException.class)
			.isThrownBy(() -> of("http://deals", "{\"openapi\":\"3.0.0\",\"a\":" + "[".repeat(1000)));
		assertThatExceptionOfType(UnreadableDescriptionException.class)
			.isThrownBy(() -> of("http://deals", "openapi: 3.0.0\na: &a [x]\nb: [*a]\n"))
			.withMessageContaining("alias");
	}

}
