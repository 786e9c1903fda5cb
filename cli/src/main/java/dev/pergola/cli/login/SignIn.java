package dev.pergola.cli.login;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs a person in with their browser: the authorization code grant with PKCE and a
 * loopback redirect, as RFC 8252 and RFC 7636 say.
 */
public final class SignIn implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HttpClient http = HttpClient.newBuilder()
		.followRedirects(Redirect.NEVER)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private final URI issuer;

	private final String clientId;

	/**
	 * Prepares to sign in.
	 * @param issuer identity provider that the registry trusts
	 * @param clientId name of the command line there
	 */
	public SignIn(URI issuer, String clientId) {
		this.issuer = guarded(issuer.toString());
		this.clientId = clientId;
	}

	/**
	 * Waits for the person.
	 * @param browser is given the address to open
	 * @param patience how long the person may take
	 * @return access token; {@link CommandException} when they were refused or did not
	 * come
	 */
	public String accessToken(Consumer<URI> browser, Duration patience) throws IOException {
		JsonNode provider = json(HttpRequest.newBuilder(
				URI.create(this.issuer.toString().replaceAll("/+$", "") + "/.well-known/openid-configuration")));
		if (!provider.path("issuer").asString("").equals(this.issuer.toString())) {
			throw refused("the identity provider names another issuer than %s".formatted(this.issuer));
		}
		URI authorization = guarded(provider.path("authorization_endpoint").asString(""));
		URI token = guarded(provider.path("token_endpoint").asString(""));
		String verifier = random();
		String state = random();
		try (LoopbackRedirect redirect = new LoopbackRedirect()) {
			Map<String, String> question = new LinkedHashMap<>();
			question.put("response_type", "code");
			question.put("client_id", this.clientId);
			question.put("redirect_uri", redirect.address().toString());
			question.put("scope", "openid profile");
			question.put("state", state);
			question.put("code_challenge", challenge(verifier));
			question.put("code_challenge_method", "S256");
			browser.accept(URI.create(authorization + "?" + form(question)));
			Map<String, String> answer = redirect.await(patience);
			if (!MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8),
					answer.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8))) {
				throw refused("the answer does not belong to this sign-in; try again");
			}
			if (!answer.containsKey("code")) {
				throw refused("the identity provider refused: " + answer.getOrDefault("error", "no code"));
			}
			return exchange(token, answer.getOrDefault("code", ""), redirect.address(), verifier);
		}
	}

	@Override
	public void close() {
		this.http.close();
	}

	private String exchange(URI token, String code, URI redirect, String verifier) throws IOException {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("grant_type", "authorization_code");
		fields.put("client_id", this.clientId);
		fields.put("code", code);
		fields.put("redirect_uri", redirect.toString());
		fields.put("code_verifier", verifier);
		JsonNode answer = json(HttpRequest.newBuilder(token)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form(fields))));
		String access = answer.path("access_token").asString("");
		if (access.isEmpty()) {
			throw refused("the identity provider gave no access token");
		}
		return access;
	}

	private JsonNode json(HttpRequest.Builder request) throws IOException {
		try {
			HttpResponse<byte[]> response = this.http.send(
					request.header("Accept", "application/json").timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
			if (response.statusCode() != 200) {
				throw refused("the identity provider answered %d".formatted(response.statusCode()));
			}
			return JsonMapper.shared().readTree(response.body());
		}
		catch (JacksonException ex) {
			throw refused("the identity provider cannot be understood");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused("interrupted");
		}
	}

	/** Codes and tokens go over TLS, or stay on this machine. */
	private static URI guarded(String address) {
		URI url = URI.create(address);
		String host = String.valueOf(url.getHost());
		boolean isLocal = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
		if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && isLocal)) {
			throw refused("the identity provider is at %s (expected: https)".formatted(address));
		}
		return url;
	}

	private static CommandException refused(String message) {
		return new CommandException(Exit.FORBIDDEN, message);
	}

	private static String random() {
		byte[] bytes = new byte[32];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static String challenge(String verifier) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

	private static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

}
