package dev.pergola.standalone.identity;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

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
