package dev.pergola.samples.organizations;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OrganizationsIntegrationTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final String VALID = "name=New+Name&status=partner&city=Bern&employees=12&email=a%40b.example&about=x";

	@TempDir
	static Path directory;

	static TestIssuer issuer;

	static int port;

	static AutoCloseable service;

	static String reader;

	static String writer;

	@BeforeAll
	static void start() throws Exception {
		issuer = new TestIssuer();
		port = freePort();
		service = OrganizationsApplication
			.start(Map.of("port", String.valueOf(port), "issuer", issuer.address(), "directory", directory.toString()));
		reader = issuer.token("designer", List.of(), List.of("organizations:read"));
		writer = issuer.token("business", List.of(), List.of("organizations:read", "organizations:write"));
	}

	@AfterAll
	static void stop() throws Exception {
		service.close();
		issuer.close();
	}

	@Test
	void hasItsRowsInTheFirstHtml() throws Exception {
		HttpResponse<String> answer = get("/fragments/organizations", reader);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
		assertThat(answer.body()).contains("50 organizations", "href=\"/organizations/adire-textiles\"", "Page 1 of 5")
			.doesNotContain("<html", "<script", "<style");
	}

	@Test
	void searchesAndPages() throws Exception {
		assertThat(get("/fragments/organizations?q=hamburg", reader).body()).contains("1 organization", "Hafenkette")
			.doesNotContain("pergola-pagination");
		assertThat(get("/fragments/organizations?q=zzz", reader).body()).contains("No organization matches");
		assertThat(get("/fragments/organizations?industry=Public+sector", reader).body()).contains("Deltawerk Water")
			.doesNotContain("Hafenkette");
		assertThat(get("/fragments/organizations?page=5", reader).body()).contains("Page 5 of 5", "page=4")
			.doesNotContain("page=6");
		assertThat(get("/fragments/organizations?page=x", reader).body()).contains("Page 1 of 5");
	}

	@Test
	void showsTheWayToTheFormOnlyToThoseWhoMayWrite() throws Exception {
		assertThat(get("/fragments/organizations/alpenstrom", writer).body()).contains("<h1>Alpenstrom</h1>",
				"/organizations/alpenstrom/edit");
		assertThat(get("/fragments/organizations/alpenstrom", reader).body()).doesNotContain("/edit");
		assertThat(get("/fragments/organizations/alpenstrom/edit", reader).statusCode()).isEqualTo(403);
	}

	@Test
	void savesAFormAndSendsThePersonToThePage() throws Exception {
		assertThat(get("/fragments/organizations/liffey-learning/edit", writer).body()).contains(
				"method=\"post\" action=\"/organizations/liffey-learning/edit\"", "name=\"revision\" value=\"1\"");
		HttpResponse<String> saved = post("/fragments/organizations/liffey-learning/edit", writer,
				VALID + "&revision=1");
		assertThat(saved.statusCode()).isEqualTo(303);
		assertThat(saved.headers().firstValue("Location")).hasValue("/organizations/liffey-learning");
		assertThat(get("/fragments/organizations/liffey-learning", reader).body()).contains("<h1>New Name</h1>",
				"Bern");
		HttpResponse<String> stale = post("/fragments/organizations/liffey-learning/edit", writer,
				VALID + "&revision=1");
		assertThat(stale.statusCode()).isEqualTo(409);
		assertThat(stale.body()).contains("Somebody else changed", "name=\"revision\" value=\"2\"");
	}

	@Test
	void showsTheFormAgainWithWhatIsWrong() throws Exception {
		HttpResponse<String> answer = post("/fragments/organizations/alpenstrom/edit", writer,
				"name=&status=partner&city=Innsbruck&employees=many&email=x&about=&revision=1");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body())
			.contains("Please check", "value=\"many\" aria-invalid=\"true\"", "organizations-employees-error",
					"organizations-email-error", "organizations-name-error")
			.doesNotContain("organizations-city-error");
		assertThat(get("/fragments/organizations/alpenstrom", reader).body()).contains("<h1>Alpenstrom</h1>");
	}

	@Test
	void letsOnlyThoseReadWhoMay() throws Exception {
		assertThat(send(HttpRequest.newBuilder(address("/organizations")).build()).statusCode()).isEqualTo(401);
		assertThat(get("/fragments/organizations", issuer.expiredToken()).statusCode()).isEqualTo(401);
		assertThat(get("/fragments/organizations", issuer.tokenOfAnotherKey()).statusCode()).isEqualTo(401);
		HttpResponse<String> refused = get("/fragments/organizations",
				issuer.token("guest", List.of("admin"), List.of("people:read")));
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("/problems/forbidden", "traceId");
		assertThat(post("/fragments/organizations/alpenstrom/edit", reader, VALID).statusCode()).isEqualTo(403);
	}

	@Test
	void saysThatAnOrganizationIsMissing() throws Exception {
		HttpResponse<String> answer = get("/fragments/organizations/nobody", reader);
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("There is no such organization");
	}

	@Test
	void answersWithWholePagesOutsideFragments() throws Exception {
		assertThat(get("/", reader).body()).startsWith("<!DOCTYPE html>").contains("50 organizations");
	}

	@Test
	void runsAloneWithoutATokenButTakesNoForeignForm(@TempDir Path own) throws Exception {
		int other = freePort();
		String base = "http://127.0.0.1:" + other;
		try (AutoCloseable alone = OrganizationsApplication
			.start(Map.of("port", String.valueOf(other), "directory", own.toString(), "stand-alone", "true"))) {
			assertThat(send(HttpRequest.newBuilder(URI.create(base + "/")).build()).body()).contains("Alpenstrom");
			HttpRequest.Builder form = HttpRequest.newBuilder(URI.create(base + "/organizations/alpenstrom/edit"))
				.POST(HttpRequest.BodyPublishers.ofString(VALID + "&revision=1"));
			assertThat(send(form.copy().header("Origin", "http://evil.example").build()).statusCode()).isEqualTo(403);
			assertThat(send(form.copy().build()).statusCode()).isEqualTo(403);
			assertThat(send(form.copy().header("Origin", base).build()).statusCode()).isEqualTo(303);
		}
		try (AutoCloseable again = OrganizationsApplication
			.start(Map.of("port", String.valueOf(other), "directory", own.toString(), "stand-alone", "true"))) {
			assertThat(send(HttpRequest.newBuilder(URI.create(base + "/organizations/alpenstrom")).build()).body())
				.contains("<h1>New Name</h1>");
		}
	}

	@Test
	void startsWithoutItsIssuer(@TempDir Path own) throws Exception {
		int other = freePort();
		try (AutoCloseable alone = OrganizationsApplication.start(Map.of("port", String.valueOf(other), "issuer",
				"http://127.0.0.1:" + freePort(), "directory", own.toString()))) {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other + "/organizations"))
				.header("Authorization", "Bearer " + reader)
				.build();
			assertThat(send(request).statusCode()).isEqualTo(503);
		}
	}

	private static HttpResponse<String> get(String path, String token) throws Exception {
		return send(request(path, token).build());
	}

	private static HttpResponse<String> post(String path, String token, String form) throws Exception {
		return send(request(path, token).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build());
	}

	private static HttpRequest.Builder request(String path, String token) {
		return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + token);
	}

	private static URI address(String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

	private static HttpResponse<String> send(HttpRequest request) throws Exception {
		return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static int freePort() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
