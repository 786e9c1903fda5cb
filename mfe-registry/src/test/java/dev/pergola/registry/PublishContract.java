package dev.pergola.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.pergola.registry.testing.Bundles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What publishing does, on every database.
 */
public abstract class PublishContract extends RegistryContract {

	private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

	@Test
	@Tag("registry-1")
	void publishesAVersionOnceAndFindsItAgain() {
		String module = name("deals");
		byte[] bundle = Bundles.of(module, "1.0.0", "partners");
		developer("partners").publish(module, "1.0.0", bundle)
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals("Location",
					"http://localhost:%d/registry/v1/modules/%s/versions/1.0.0".formatted(this.port, module))
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("created");
		developer("partners").publish(module, "1.0.0", bundle)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("identical");
		administrator().get("/modules/{module}", module)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.team")
			.isEqualTo("partners")
			.jsonPath("$.versions.length()")
			.isEqualTo(1)
			.jsonPath("$.versions[0].publishedBy")
			.isEqualTo("dev");
	}

	@Test
	@Tag("registry-1")
	void refusesOtherContentUnderAPublishedVersion() {
		String module = name("deals");
		developer("partners").publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"));
		byte[] other = Bundles
			.npm(Bundles.files(Bundles.manifest(module, "1.0.0", "partners"), module + ".js", "other"));
		developer("partners").publish(module, "1.0.0", other)
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/version-exists")
			.jsonPath("$.traceId")
			.isNotEmpty();
		service().get("/modules/{module}/versions/1.0.0/files/{module}.js", module, module)
			.expectBody(String.class)
			.isEqualTo("export default '1.0.0';");
	}

	@Test
	@Tag("registry-2")
	void takesAZipWithTheManifestAtTheRoot() {
		String module = name("deals");
		byte[] zip = Bundles
			.zip(Bundles.files(Bundles.manifest(module, "1.0.0", "partners"), module + ".js", "export {};"));
		developer("partners").publish(module, "1.0.0", zip, ZIP, false).expectStatus().isCreated();
	}

	@Test
	@Tag("registry-1")
	void findsTheSameContentInTarAndZip() {
		String module = name("deals");
		Map<String, byte[]> files = Bundles.files(Bundles.manifest(module, "1.0.0", "partners"), module + ".js",
				"export {};");
		developer("partners").publish(module, "1.0.0", Bundles.npm(files)).expectStatus().isCreated();
		developer("partners").publish(module, "1.0.0", Bundles.zip(files), ZIP, false).expectStatus().isOk();
	}

	@Test
	@Tag("registry-5")
	void leavesNothingBehindAfterADryRun() {
		String module = name("deals");
		long before = service().revision();
		developer("partners")
			.publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"),
					MediaType.parseMediaType("application/gzip"), true)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("would-create");
		administrator().get("/modules/{module}", module).expectStatus().isNotFound();
		assertThat(service().revision()).isEqualTo(before);
	}

	@Test
	@Tag("registry-5")
	@Tag("security-27")
	void listsEverythingWrongAtOnce() {
		String module = name("deals");
		String taken = name("deals");
		developer("partners").publish(taken, "1.0.0", Bundles.of(taken, "1.0.0", "partners"))
			.expectStatus()
			.isCreated();
		developer("partners").stable(taken, "1.0.0").expectStatus().isOk();
		String manifest = """
				{ "schema": 1, "module": "other-name", "version": "2.0.0", "team": { "name": "partners" },
				  "entry": { "format": "esm", "file": "big.js", "styles": ["missing.css"] },
				  "files": { "big.js": "sha384-%2$s", "gone.js": "sha384-%2$s" },
				  "pages": [ { "id": "list", "path": "/%1$s", "element": "%1$s-list" } ],
				  "navigation": [ { "id": "%1$s", "page": "list" } ],
				  "upstream": { "url": "http://169.254.169.254/" } }
				""".formatted(taken, "A".repeat(64));
		byte[] bundle = Bundles.npm(Bundles.files(manifest, "big.js", incompressible(200_000)));
		List<String> pointers = pointers(developer("partners").publish(module, "1.0.0", bundle));
		assertThat(pointers).contains("/module", "/version", "/files/big.js", "/files/gone.js");
		// The rest is looked at when the document can be read as a manifest.
		String readable = manifest.replace("\"missing.css\"", "").replaceAll("\"files\": \\{.*?},\n", "");
		bundle = Bundles.npm(Bundles.files(readable, "big.js", incompressible(200_000)));
		assertThat(pointers(developer("partners").publish(module, "1.0.0", bundle))).contains("/module", "/version",
				"/entry/file", "/upstream/url", "/pages/0/path", "/pages/0/element", "/navigation/0/id");
	}

	@Test
	@Tag("registry-6")
	void refusesPathsThatOverlapAnotherModules() {
		String taken = name("deals");
		developer("partners").publish(taken, "1.0.0", Bundles.of(taken, "1.0.0", "partners"));
		developer("partners").stable(taken, "1.0.0").expectStatus().isOk();
		String module = name("deals");
		String manifest = Bundles.manifest(module, "1.0.0", "partners")
			.replace("\"path\": \"/" + module + "\"", "\"path\": \"/" + taken + "\"");
		byte[] bundle = Bundles.npm(Bundles.files(manifest, module + ".js", "export {};"));
		assertThat(pointers(developer("partners").publish(module, "1.0.0", bundle))).containsExactly("/pages/0/path");
	}

	@Test
	@Tag("registry-7")
	void leavesAnothersModuleAlone() {
		String module = name("deals");
		developer("partners").publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"))
			.expectStatus()
			.isCreated();
		developer("strangers").publish(module, "2.0.0", Bundles.of(module, "2.0.0", "strangers"))
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/not-your-team");
		assertThat(pointers(administrator().publish(module, "2.0.0", Bundles.of(module, "2.0.0", "strangers"))))
			.containsExactly("/team/name");
		administrator().publish(module, "2.0.0", Bundles.of(module, "2.0.0", "partners")).expectStatus().isCreated();
	}

	@Test
	@Tag("registry-7")
	void createsAModuleForTheTeamOfTheCallerOnly() {
		String module = name("deals");
		developer("strangers").publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"))
			.expectStatus()
			.isForbidden();
		administrator().get("/modules/{module}", module).expectStatus().isNotFound();
	}

	@Test
	@Tag("registry-3")
	void answersForOtherContentTypesAndSizes() {
		String module = name("deals");
		administrator().publish(module, "1.0.0", new byte[10], MediaType.TEXT_PLAIN, false)
			.expectStatus()
			.isEqualTo(415)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/unsupported-media-type");
		administrator().publish(module, "1.0.0", new byte[2 * 1024 * 1024 + 1])
			.expectStatus()
			.isEqualTo(413)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/bundle-too-large");
		byte[] bomb = Bundles.npm(Map.of("bomb.js", new byte[5 * 1024 * 1024]));
		administrator().publish(module, "1.0.0", bomb).expectStatus().isEqualTo(413);
		administrator().publish(module, "1.0.0", "no archive".getBytes(StandardCharsets.UTF_8))
			.expectStatus()
			.isEqualTo(422);
	}

	@Test
	@Tag("registry-2")
	void servesFilesForEverWithTheRightTypes() {
		String module = name("deals");
		byte[] bundle = Bundles.npm(Bundles.files(Bundles.manifest(module, "1.0.0", "partners"), module + ".js",
				"export {};", "chunks/a.mjs", "export {};", "a b.css", "p {}", "page.html", "<p>"));
		administrator().publish(module, "1.0.0", bundle).expectStatus().isCreated();
		String files = "/modules/" + module + "/versions/1.0.0/files/";
		String tag = service().get(files + module + ".js")
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType("text/javascript;charset=UTF-8")
			.expectHeader()
			.valueEquals("Cache-Control", "max-age=31536000, private, immutable")
			.expectBody(String.class)
			.returnResult()
			.getResponseHeaders()
			.getETag();
		assertThat(tag).startsWith("\"sha384-");
		service().http()
			.get()
			.uri(files + module + ".js")
			.header("If-None-Match", tag)
			.exchange()
			.expectStatus()
			.isNotModified();
		service().get(files + "chunks/a.mjs").expectHeader().contentType("text/javascript;charset=UTF-8");
		service().get(files + "a b.css").expectHeader().contentType("text/css;charset=UTF-8");
		service().get(files + "page.html")
			.expectHeader()
			.valueEquals("Content-Security-Policy", "default-src 'none'; sandbox");
		for (String missing : List.of("none.js", "%2e%2e%5cregistry.mv.db", "..%2f..%2fregistry.mv.db",
				"manifest.json")) {
			service().http()
				.get()
				.uri(URI.create("http://localhost:" + this.port + "/registry/v1" + files + missing))
				.exchange()
				.expectStatus()
				.value((status) -> assertThat(status).isIn(400, 404));
		}
	}

	@Test
	@Tag("registry-2")
	void fillsInTheHashesThatTheManifestLeavesOut() {
		String module = name("deals");
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners")).expectStatus().isCreated();
		administrator().get("/modules/{module}/versions/1.0.0", module)
			.expectBody()
			.jsonPath("$.manifest.files['%s.js']".formatted(module))
			.value((Object hash) -> assertThat(hash).asString().startsWith("sha384-"));
	}

	@Test
	@Tag("registry-2")
	void takesAFormWithTheManifestBesideTheBundle() {
		String module = name("deals");
		String manifest = Bundles.manifest(module, "1.0.0", "partners");
		Map<String, byte[]> files = Bundles.files(manifest, module + ".js", "export {};");
		form(module, manifest, Bundles.npm(files)).expectStatus().isCreated();
		files.remove("manifest.json");
		form(module, manifest, Bundles.zip(files)).expectStatus().isOk();
		files.put("manifest.json", manifest.replace("20", "30").getBytes(StandardCharsets.UTF_8));
		assertThat(pointers(form(module, manifest, Bundles.zip(files)))).containsExactly("");
		assertThat(pointers(form(module, manifest, null))).containsExactly("");
		form(module, manifest, new byte[2 * 1024 * 1024 + 1]).expectStatus().isEqualTo(413);
	}

	private ResponseSpec form(String module, String manifest, byte[] bundle) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("manifest", manifest, MediaType.APPLICATION_JSON);
		if (bundle != null) {
			form.part("bundle", bundle, MediaType.APPLICATION_OCTET_STREAM).filename("bundle");
		}
		return administrator().http()
			.put()
			.uri("/modules/{module}/versions/1.0.0", module)
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.body(BodyInserters.fromMultipartData(form.build()))
			.exchange();
	}

	private static String incompressible(int characters) {
		Random random = new Random(1);
		return random.ints(characters, 'A', 'z')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	@SuppressWarnings("unchecked")
	private static List<String> pointers(ResponseSpec answer) {
		Map<String, Object> problem = answer.expectStatus()
			.isEqualTo(422)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		assertThat(problem).containsEntry("type", "/problems/publish-refused");
		return ((List<Map<String, String>>) problem.get("findings")).stream()
			.map((finding) -> finding.get("pointer"))
			.toList();
	}

}
