package dev.pergola.registry;

import java.util.Set;
import java.util.TreeSet;

import dev.pergola.registry.testing.OnH2;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

@OnH2
class OpenApiIntegrationTests extends RegistryContract {

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Test
	void describesEveryMappingAndNothingElse() {
		Set<String> mapped = new TreeSet<>();
		this.requestMappingHandlerMapping.getHandlerMethods().forEach((info, method) -> {
			if (method.getBeanType().getName().startsWith("dev.pergola.registry")) {
				info.getPatternsCondition()
					.getPatterns()
					.forEach((pattern) -> info.getMethodsCondition()
						.getMethods()
						.forEach((verb) -> mapped
							.add(verb.name() + " " + pattern.getPatternString().replace("{*", "{"))));
			}
		});
		Set<String> described = new TreeSet<>();
		document().path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((verb) -> described
					.add(verb.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
		assertThat(described).isEqualTo(mapped).hasSizeGreaterThan(15);
	}

	@Test
	void refersOnlyToWhatIsThere() {
		JsonNode document = document();
		document.findValuesAsString("$ref")
			.forEach((reference) -> assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference)
				.isFalse());
	}

	private JsonNode document() {
		return JsonMapper.shared()
			.readTree(service().get("/openapi.json").expectBody(String.class).returnResult().getResponseBody());
	}

}
