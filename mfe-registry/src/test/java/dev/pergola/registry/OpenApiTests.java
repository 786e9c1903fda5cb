package dev.pergola.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of the API as a document: sound, and good to read. */
class OpenApiTests {

	private static final Set<String> SAFE = Set.of("get", "head", "options", "trace");

	private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}]+)}");

	private static final String TEXT = text();

	private static final JsonNode DOCUMENT = JsonMapper.shared().readTree(TEXT);

	@Test
	void isAnOpenApi31Document() {
		SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(TEXT);
		assertThat(parsed.getMessages()).isEmpty();
		assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
	}

	@Test
	void namesEveryOperationOnceAndSaysWhatItDoes() {
		Set<String> names = new TreeSet<>();
		List<String> wrong = new ArrayList<>();
		eachOperation((place, operation) -> {
			String id = operation.path("operationId").stringValue("");
			if (!id.matches("[a-z][A-Za-z]+") || !names.add(id)) {
				wrong.add(place + ": operationId '" + id + "'");
			}
			if (!operation.path("summary").stringValue("").matches("(?s)[A-Z].*[.?]")) {
				wrong.add(place + ": summary is no sentence");
			}
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void describesEveryParameterAndEachOfThePath() {
		List<String> wrong = new ArrayList<>();
		eachOperation((place, operation) -> {
			Set<String> inPath = new TreeSet<>();
			for (JsonNode parameter : operation.path("parameters")) {
				String name = parameter.path("name").stringValue("");
				if (parameter.path("in").stringValue("").equals("path")) {
					inPath.add(name);
				}
				if (parameter.path("description").stringValue("").isBlank()
						|| parameter.path("schema").isMissingNode()) {
					wrong.add(place + ": parameter " + name + " lacks a description or a schema");
				}
			}
			Set<String> named = new TreeSet<>();
			Matcher matcher = PATH_PARAMETER.matcher(place);
			while (matcher.find()) {
				named.add(matcher.group(1));
			}
			if (!inPath.equals(named)) {
				wrong.add(place + ": describes path parameters " + inPath);
			}
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void answersFailuresWithProblemsAndSaysWhoMayCall() {
		List<String> wrong = new ArrayList<>();
		eachOperation((place, operation) -> {
			boolean open = operation.has("security") && operation.path("security").isEmpty();
			if (!open && operation.path("responses").path("401").isMissingNode()) {
				wrong.add(place + ": no 401");
			}
			operation.path("responses").properties().forEach((response) -> {
				boolean failure = response.getKey().startsWith("4") || response.getKey().startsWith("5");
				if (failure && response.getValue().path("content").path("application/problem+json").isMissingNode()) {
					wrong.add(place + ": " + response.getKey() + " is no problem");
				}
				if (response.getValue().path("description").stringValue("").isBlank()) {
					wrong.add(place + ": " + response.getKey() + " lacks a description");
				}
			});
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void saysForEveryWriteThatAReasonGoesToTheAudit() {
		List<String> silent = new ArrayList<>();
		eachOperation((place, operation) -> {
			boolean reads = SAFE.contains(place.substring(0, place.indexOf(' ')));
			boolean told = operation.path("parameters")
				.valueStream()
				.anyMatch((parameter) -> parameter.path("name").stringValue("").equals("Pergola-Reason"));
			if (!reads && !told) {
				silent.add(place);
			}
		});
		// Measurements are no writes of the catalog, and a diff only looks.
		assertThat(silent).containsExactlyInAnyOrder("post /registry/v1/reports",
				"post /registry/v1/navigation/draft/diff");
	}

	@Test
	void keepsNoSchemaThatNothingRefersTo() {
		Set<String> unused = new TreeSet<>(DOCUMENT.path("components").path("schemas").propertyNames());
		DOCUMENT.findValuesAsString("$ref").forEach((ref) -> unused.remove(ref.substring(ref.lastIndexOf('/') + 1)));
		assertThat(unused).isEmpty();
	}

	private static void eachOperation(BiConsumer<String, JsonNode> visitor) {
		for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
			path.getValue()
				.properties()
				.forEach((operation) -> visitor.accept(operation.getKey() + " " + path.getKey(), operation.getValue()));
		}
	}

	private static String text() {
		try (InputStream json = RegistryApplication.class.getResourceAsStream("openapi.json")) {
			return new String(json.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
