package dev.pergola.cli.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.pergola.cli.login.SignIn;
import dev.pergola.cli.registry.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignInIntegrationTests {

	private RegistryDouble provider;

	private final CompletableFuture<URI> opened = new CompletableFuture<>();

	@BeforeEach
	void start() throws IOException {
		this.provider = new RegistryDouble();
		this.provider.answer("GET /.well-known/openid-configuration", 200, """
				{ "issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token" }"""
			.formatted(this.provider.url()));
		this.provider.answer("POST /token", 200, "{ \"access_token\": \"theirs\" }");
	}

	@AfterEach
	void stop() {
		this.provider.close();
	}

	@Test
	void exchangesTheCodeWithTheVerifierOfItsChallenge() throws Exception {
		CompletableFuture<String> token = signIn();
		Map<String, String> asked = parameters(this.opened.get(10, TimeUnit.SECONDS).getRawQuery());
		assertThat(asked).containsEntry("client_id", "pergola-cli").containsEntry("code_challenge_method", "S256");
		assertThat(comeBack(asked, "code=c1&state=" + asked.get("state"))).isEqualTo(200);
		assertThat(token.get(10, TimeUnit.SECONDS)).isEqualTo("theirs");
		Map<String, String> exchanged = parameters(this.provider.call("POST /token").text());
		assertThat(exchanged).containsEntry("code", "c1").containsEntry("redirect_uri", asked.get("redirect_uri"));
		byte[] digest = MessageDigest.getInstance("SHA-256")
			.digest(exchanged.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
		assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
			.isEqualTo(asked.get("code_challenge"));
	}

	@Test
	void refusesAnAnswerOfAnotherSignIn() throws Exception {
		CompletableFuture<String> token = signIn();
		Map<String, String> asked = parameters(this.opened.get(10, TimeUnit.SECONDS).getRawQuery());
		comeBack(asked, "code=c1&state=stolen");
		assertThat(failure(token)).hasMessageContaining("does not belong to this sign-in");
		assertThat(this.provider.requests()).doesNotContain("POST /token");
	}

	@Test
	void saysWhatTheProviderRefused() throws Exception {
		CompletableFuture<String> token = signIn();
		Map<String, String> asked = parameters(this.opened.get(10, TimeUnit.SECONDS).getRawQuery());
		comeBack(asked, "error=access_denied&state=" + asked.get("state"));
		assertThat(failure(token)).hasMessageContaining("access_denied");
	}

	@Test
	void sendsNoCodeOverAnOpenLine() {
		assertThatThrownBy(() -> new SignIn(URI.create("http://login.example.com"), "pergola-cli"))
			.isInstanceOf(CommandException.class)
			.hasMessageContaining("expected: https");
	}

	@Test
	void saysWhereNobodyCanSignIn(@TempDir Path home) throws IOException {
		Terminal.Result result = new Terminal(home).run("login", "--browser", "--url", this.provider.url());
		assertThat(result.exit()).isEqualTo(3);
		assertThat(result.err()).contains("command-line-client-id");
		assertThat(Files.exists(home.resolve(".config/pergola/login.json"))).isFalse();
	}

	private CompletableFuture<String> signIn() {
		return CompletableFuture.supplyAsync(() -> {
			try (SignIn signIn = new SignIn(URI.create(this.provider.url()), "pergola-cli")) {
				return signIn.accessToken(this.opened::complete, Duration.ofSeconds(20));
			}
			catch (IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		});
	}

	private static Throwable failure(CompletableFuture<String> token) throws Exception {
		return Optional.ofNullable(token.handle((value, failure) -> failure).get(10, TimeUnit.SECONDS))
			.map(Throwable::getCause)
			.orElseThrow();
	}

	private static int comeBack(Map<String, String> asked, String query) throws Exception {
		try (HttpClient browser = HttpClient.newHttpClient()) {
			return browser
				.send(HttpRequest.newBuilder(URI.create(asked.get("redirect_uri") + "?" + query)).build(),
						BodyHandlers.discarding())
				.statusCode();
		}
	}

	private static Map<String, String> parameters(String query) {
		return Arrays.stream(query.split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

}
