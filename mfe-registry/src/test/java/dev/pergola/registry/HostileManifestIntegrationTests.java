package dev.pergola.registry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnH2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Manifests as attackers and the careless write them: each is answered at once, with the
 * place, and leaves nothing behind.
 */
@OnH2
@Tag("registry-3")
@Tag("registry-5")
class HostileManifestIntegrationTests extends RegistryContract {

	private static final Duration AT_ONCE = Duration.ofSeconds(5);

	private final String module = name("hostile");

	private long revision;

	@BeforeEach
	void remember() {
		this.revision = service().revision();
	}

	@AfterEach
	void nothingIsStored() {
		assertThat(service().revision()).isEqualTo(this.revision);
		administrator().get("/modules/{module}", this.module).expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{a}", "a{b}", "%61", "{a}/{b}/", "-a", "(a+)+" })
	void answersPathsThatWouldKeepAPatternBusy(String step) {
		String path = "/" + step.repeat(1_900 / step.length()) + "!";
		assertThat(refused(manifest().replace("\"/" + this.module + "\"", "\"" + path + "\"")))
			.contains("/pages/0/path");
	}

	@ParameterizedTest
	@ValueSource(strings = { ">=1 ", "^1 || ", "1.", "1.0.0-0.", "> < ", "0", "*", " " })
	void answersRangesThatWouldKeepAPatternBusy(String step) {
		String range = step.repeat(1_900 / step.length()) + "!";
		assertThat(refused(with("\"host\": \"%1$s\", \"shared\": { \"lit\": \"%1$s\" }".formatted(range))))
			.contains("/host", "/shared/lit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a-", "a", "-", "a.-" })
	void answersNamesThatWouldKeepAPatternBusy(String step) {
		String name = step.repeat(1_900 / step.length()) + "!";
		assertThat(refused(manifest().replace("\"" + this.module + "-list\"", "\"" + name + "\"")))
			.contains("/pages/0/element");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "latest" })
	void namesTheVersionThatIsNoSemVer(String version) {
		String manifest = manifest().replace("\"1.0.0\"", "\"" + version + "\"");
		assertThat(refused(version, bundle(manifest.getBytes(StandardCharsets.UTF_8)))).contains("/version");
	}

	@Test
	@Tag("security-43")
	void refusesExpressionsWhereverTheyAre() {
		assertThat(refused(with("\"upstream\": { \"url\": \"http://#{T(java.lang.Runtime)}.internal\" }")))
			.contains("/upstream/url");
		assertThat(refused(manifest().replace("\"/" + this.module + "\"", "\"/#{1+1}\""))).contains("/pages/0/path");
	}

	@Test
	void namesEveryFieldItDoesNotKnow() {
		List<Map<String, Object>> findings = findings("1.0.0",
				bundle(with("\"colour\": \"red\", \"integrity\": false").getBytes(StandardCharsets.UTF_8)));
		assertThat(findings).extracting((finding) -> (String) finding.get("message"))
			.anySatisfy((message) -> assertThat(message).contains("\"colour\""))
			.anySatisfy((message) -> assertThat(message).contains("\"integrity\""));
	}

	@Test
	void namesTheFileWithAnotherHash() {
		assertThat(refused(with("\"files\": { \"%s.js\": \"sha384-%s\" }".formatted(this.module, "A".repeat(64)))))
			.containsExactly("/files/" + this.module + ".js");
	}

	@Test
	void refusesWhatIsNoUtf8() {
		byte[] latin = manifest().replace("ecosystem", "\u00f6kosystem").getBytes(StandardCharsets.ISO_8859_1);
		assertThat(refused("1.0.0", bundle(latin))).isNotEmpty();
	}

	@Test
	void refusesFieldsThatComeTwiceAndDocumentsWithoutABottom() {
		assertThat(refused(with("\"schema\": 1"))).isNotEmpty();
		assertThat(refused("[".repeat(100_000))).isNotEmpty();
		assertThat(refused("{\"schema\":".repeat(20_000))).isNotEmpty();
	}

	private List<String> refused(String manifest) {
		return refused("1.0.0", bundle(manifest.getBytes(StandardCharsets.UTF_8)));
	}

	private List<String> refused(String version, byte[] bundle) {
		return findings(version, bundle).stream().map((finding) -> (String) finding.get("pointer")).toList();
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> findings(String version, byte[] bundle) {
		Instant start = Instant.now();
		ResponseSpec answer = administrator().publish(this.module, version, bundle);
		Map<String, Object> problem = answer.expectStatus()
			.isEqualTo(422)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE);
		assertThat(problem).containsEntry("type", "/problems/publish-refused").containsKey("traceId");
		return (List<Map<String, Object>>) problem.get("findings");
	}

	private String manifest() {
		return Bundles.manifest(this.module, "1.0.0", "partners");
	}

	private String with(String members) {
		return manifest().replaceFirst("\"entry\"", members.replace("$", "\\$") + ", \"entry\"");
	}

	private byte[] bundle(byte[] manifest) {
		Map<String, byte[]> files = Bundles.files("", this.module + ".js", "export {};");
		files.put("manifest.json", manifest);
		return Bundles.npm(files);
	}

}
