package dev.pergola.registry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.DocExample;
import dev.pergola.registry.testing.OnH2;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls everything that docs/registry-api.md shows and compares the answers. */
@OnH2
class DocExamplesIntegrationTests extends RegistryContract {

	private static final Path PAGE = Path.of("../docs/registry-api.md");

	/**
	 * Fields that are others in every registry: later calls get what came in their place.
	 */
	private static final Set<String> VARIABLE = Set.of("revision", "id", "token");

	private static final Pattern BUNDLE = Pattern.compile("@([a-z]+)-([0-9.]+[0-9])(-other)?\\.(tgz|zip)");

	private final Map<String, String> actual = new TreeMap<>();

	@Test
	void answersAsTheDocumentationShows() {
		this.actual.put("$ADMIN", RegistryClient.ISSUER.token("ada", List.of("admin"), List.of()));
		List<DocExample> examples = DocExample.of(PAGE);
		assertThat(examples).hasSizeGreaterThan(10);
		examples.forEach((example) -> {
			String place = "line %d: %s %s".formatted(example.line(), example.method(), example.uri());
			EntityExchangeResult<byte[]> result = call(example);
			byte[] body = result.getResponseBody();
			String text = (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
			assertThat(result.getStatus().value()).as("%s: %s", place, text).isEqualTo(example.status());
			if (!example.answer().isEmpty()) {
				compare(JsonMapper.shared().readTree(example.answer()), JsonMapper.shared().readTree(text), place, "");
			}
		});
	}

	private EntityExchangeResult<byte[]> call(DocExample example) {
		RequestBodySpec request = WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.method(HttpMethod.valueOf(example.method()))
			.uri(actual(example.uri()));
		example.headers().forEach((name, value) -> request.header(name, actual(value)));
		if (!example.body().isEmpty()) {
			if (!example.headers().containsKey("Content-Type")) {
				request.header("Content-Type", "application/json");
			}
			Matcher bundle = BUNDLE.matcher(example.body());
			request.bodyValue(bundle.matches() ? bundle(bundle) : example.body().getBytes(StandardCharsets.UTF_8));
		}
		return request.exchange().expectBody().returnResult();
	}

	private static byte[] bundle(Matcher named) {
		String module = named.group(1);
		String version = named.group(2);
		Map<String, byte[]> files = Bundles.files(Bundles.manifest(module, version, module), module + ".js",
				"export default '%s%s';".formatted(version, (named.group(3) != null) ? " other" : ""));
		return named.group(4).equals("zip") ? Bundles.zip(files) : Bundles.npm(files);
	}

	/** What the page shows must be there; what it leaves out may be. */
	private void compare(JsonNode shown, JsonNode found, String place, String pointer) {
		String where = place + " " + pointer;
		if (shown.isObject()) {
			shown.properties().forEach((field) -> {
				JsonNode value = found.path(field.getKey());
				if (VARIABLE.contains(field.getKey())) {
					assertThat(value.isMissingNode()).as(where + "/" + field.getKey()).isFalse();
					this.actual.put(field.getValue().asString(), value.asString());
				}
				else {
					compare(field.getValue(), value, place, pointer + "/" + field.getKey());
				}
			});
		}
		else if (shown.isArray()) {
			assertThat(found.size()).as("%s in %s", where, found).isGreaterThanOrEqualTo(shown.size());
			for (int i = 0; i < shown.size(); i++) {
				compare(shown.get(i), found.get(i), place, pointer + "/" + i);
			}
		}
		else if (shown.isString()) {
			String shape = Pattern.quote(shown.stringValue()).replace("…", "\\E.*\\Q");
			assertThat(found.asString()).as(where).matches(Pattern.compile(shape, Pattern.DOTALL));
		}
		else {
			assertThat(found).as(where).isEqualTo(shown);
		}
	}

	/** Text of the page with the values of this registry. */
	private String actual(String text) {
		String replaced = text;
		for (Map.Entry<String, String> value : this.actual.entrySet()) {
			replaced = replaced.replaceAll("(?<![\\w.])" + Pattern.quote(value.getKey()) + "(?![\\w.])",
					Matcher.quoteReplacement(value.getValue()));
		}
		return replaced;
	}

}
