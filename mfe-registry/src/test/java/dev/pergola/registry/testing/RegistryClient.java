package dev.pergola.registry.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Calls a running registry as somebody.
 */
public final class RegistryClient {

	/** The registry's service token in tests. */
	public static final String SERVICE_TOKEN = "service-token-of-the-tests";

	/** The issuer of all tests of this process. */
	public static final TestIssuer ISSUER = new TestIssuer();

	/** A CI system that the operators allow. */
	public static final TestIssuer CI = new TestIssuer();

	/** Audience that the registry of the tests wants of it. */
	public static final String CI_AUDIENCE = "pergola-tests";

	private static final MediaType GZIP = MediaType.parseMediaType("application/gzip");

	private final WebTestClient http;

	private RegistryClient(WebTestClient http) {
		this.http = http;
	}

	public static RegistryClient bearer(int port, String token) {
		return new RegistryClient(http(port, "Bearer " + token));
	}

	/** Calls with what a client put into its {@code Authorization}, or without any. */
	public static WebTestClient http(int port, @Nullable String authorization) {
		return WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + port + "/registry/v1")
			.defaultHeaders((headers) -> {
				if (authorization != null) {
					headers.set("Authorization", authorization);
				}
			})
			.responseTimeout(Duration.ofSeconds(30))
			.filter(RegistryClient::readWhole)
			.build();
	}

	/** A test that only looks at the status would leave the body in the connection. */
	private static Mono<ClientResponse> readWhole(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request)
			.flatMap((answer) -> DataBufferUtils.join(answer.body(BodyExtractors.toDataBuffers()))
				.map(RegistryClient::copy)
				.map((body) -> answer.mutate().body(Flux.just(body)).build())
				.switchIfEmpty(Mono.fromSupplier(() -> answer.mutate().body(Flux.empty()).build())));
	}

	private static DataBuffer copy(DataBuffer pooled) {
		byte[] bytes = new byte[pooled.readableByteCount()];
		pooled.read(bytes);
		DataBufferUtils.release(pooled);
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	public static RegistryClient administrator(int port) {
		return bearer(port, ISSUER.token("ada", List.of("admin"), List.of()));
	}

	public static RegistryClient developer(int port, String... teams) {
		return bearer(port, ISSUER.token("dev", List.of("developer"), List.of(teams)));
	}

	public static RegistryClient service(int port) {
		return bearer(port, SERVICE_TOKEN);
	}

	public WebTestClient http() {
		return this.http;
	}

	/** Issues a token of a team and calls as it. */
	public RegistryClient teamToken(int port, String team) {
		return bearer(port, (String) issueToken(team, "{}").get("token"));
	}

	@SuppressWarnings("unchecked")
	public Map<String, Object> issueToken(String team, String body) {
		EntityExchangeResult<Map> issued = this.http.post()
			.uri("/teams/{team}/tokens", team)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult();
		return (Map<String, Object>) issued.getResponseBody();
	}

	public ResponseSpec publish(String module, String version, byte[] npm) {
		return publish(module, version, npm, GZIP, false);
	}

	public ResponseSpec publish(String module, String version, byte[] bundle, MediaType type, boolean dryRun) {
		return this.http.put()
			.uri("/modules/{module}/versions/{version}?dryRun={dryRun}", module, version, dryRun)
			.contentType(type)
			.bodyValue(bundle)
			.exchange();
	}

	public ResponseSpec put(String uri, String json, Object... variables) {
		return this.http.put().uri(uri, variables).contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange();
	}

	/** Gives a version to everyone. */
	public ResponseSpec stable(String module, String version) {
		return put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "%s", "share": 100 } ] }""".formatted(version), module);
	}

	/** As {@code put}, for the state that somebody saw. */
	public ResponseSpec putSeen(String ifMatch, String uri, String json, Object... variables) {
		return this.http.put()
			.uri(uri, variables)
			.contentType(MediaType.APPLICATION_JSON)
			.header("If-Match", ifMatch)
			.bodyValue(json)
			.exchange();
	}

	public ResponseSpec post(String uri, String json, Object... variables) {
		return this.http.post().uri(uri, variables).contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange();
	}

	public ResponseSpec delete(String uri, Object... variables) {
		return this.http.delete().uri(uri, variables).exchange();
	}

	public ResponseSpec get(String uri, Object... variables) {
		return this.http.get().uri(uri, variables).exchange();
	}

	public long revision() {
		return ((Number) get("/catalog").expectBody(Map.class).returnResult().getResponseBody().get("revision"))
			.longValue();
	}

}
