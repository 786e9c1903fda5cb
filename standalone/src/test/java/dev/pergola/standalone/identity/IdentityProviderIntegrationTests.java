package dev.pergola.standalone.identity;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IdentityProviderIntegrationTests {

	private static final URI PORTAL = URI.create("http://localhost:8080");

	@TempDir
	Path directory;

	@Test
	void showsASignInPageWithoutScriptsThatListsThePeople() throws Exception {
		IdentitySettings settings = settings();
		try (IdentityProvider provider = IdentityProvider.start(settings)) {
			HttpResponse<String> page = get(settings, "/sign-in");
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).contains("Bea Business", "Alex Admin", "Dana Developer", "Devi Designer")
				.doesNotContain("<script")
				.doesNotContain("style=");
			assertThat(page.headers().firstValue("Content-Security-Policy")).get()
				.asString()
				.contains("default-src 'none'", "form-action 'self' http://localhost:8080");
		}
	}

	@Test
	void keepsItsSigningKeyAcrossRestarts() throws Exception {
		assertThat(keys()).isEqualTo(keys()).doesNotContain("\"d\"");
	}

	@Test
	void givesAProgramAnAccessTokenForTheServicesThatNamesIt() throws Exception {
		IdentitySettings settings = settings();
		try (IdentityProvider provider = IdentityProvider.start(settings);
				HttpClient client = HttpClient.newHttpClient()) {
			String credentials = Base64.getEncoder().encodeToString("reports:reports".getBytes(StandardCharsets.UTF_8));
			HttpResponse<String> answer = client.send(HttpRequest.newBuilder(settings.issuer().resolve("/oauth2/token"))
				.header("Authorization", "Basic " + credentials)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
				.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).isEqualTo(200);
			String claims = new String(Base64.getUrlDecoder().decode(answer.body().split("\\.")[1]),
					StandardCharsets.UTF_8);
			assertThat(claims)
				.contains("\"aud\":\"pergola-services\"", "\"client_id\":\"reports\"", "\"deals:read\"", "\"tenant\"")
				.doesNotContain("\"roles\"", "agent");
		}
	}

	@Test
	void isRefusedOffLoopback() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new IdentitySettings("0.0.0.0", 9000, this.directory, PORTAL, "secret"))
			.withMessageContaining("loopback");
	}

	private String keys() throws Exception {
		IdentitySettings settings = settings();
		try (IdentityProvider provider = IdentityProvider.start(settings)) {
			return get(settings, "/oauth2/jwks").body();
		}
	}

	private IdentitySettings settings() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return new IdentitySettings("127.0.0.1", socket.getLocalPort(), this.directory, PORTAL, "secret");
		}
	}

	private static HttpResponse<String> get(IdentitySettings settings, String path) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(settings.issuer().resolve(path)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
	}

}
