package dev.pergola.shell.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import dev.pergola.session.AccessTokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.http.CacheControl;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import java.util.Objects;

/**
 * Asks one service of the portal on behalf of the person who made a request.
 */
public final class ServiceClient {

	private static final MediaType YAML = new MediaType("application", "yaml");

	private final String name;

	private final WebClient client;

	private final AccessTokens tokens;

	private final JsonMapper json;

	private final Duration timeout;

	/**
	 * Asks one service.
	 * @param name what people call it
	 * @param client knows the start of its addresses and how many bytes an answer may
	 * have
	 * @param tokens access tokens of people
	 * @param json reads and writes bodies
	 * @param timeout longest time until an answer is here
	 */
	public ServiceClient(String name, WebClient client, AccessTokens tokens, JsonMapper json, Duration timeout) {
		this.name = name;
		this.client = client;
		this.tokens = tokens;
		this.json = json;
		this.timeout = timeout;
	}

	/**
	 * Reads.
	 * @param request request of the person
	 * @param path path below the start, with placeholders
	 * @param values values of the placeholders
	 * @return the answer, also when it is a refusal or there is none
	 */
	public Mono<ServiceAnswer> get(ServerRequest request, String path, Object... values) {
		return send(request, HttpMethod.GET, null, null, path, values);
	}

	/**
	 * Passes a file of the service on, as it comes.
	 * @param request request of the person
	 * @param path path below the start, with placeholders
	 * @param values values of the placeholders
	 * @return the file with its type and name, or nothing when the service refused it or
	 * did not begin in time
	 */
	public Mono<ServerResponse> file(ServerRequest request, String path, Object... values) {
		return this.tokens.accessToken(request.exchange())
			.flatMap((token) -> this.client.get()
				.uri(path, values)
				.headers(headers(request, token, null))
				.accept(MediaType.ALL)
				.retrieve()
				.toEntityFlux(DataBuffer.class))
			.timeout(this.timeout)
			.flatMap((file) -> ServerResponse.ok()
				.contentType(Objects.requireNonNullElse(file.getHeaders().getContentType(), MediaType.TEXT_PLAIN))
				.header(HttpHeaders.CONTENT_DISPOSITION, file.getHeaders().getContentDisposition().toString())
				.cacheControl(CacheControl.noStore())
				.body(Objects.requireNonNullElse(file.getBody(), Flux.<DataBuffer>empty()), DataBuffer.class))
			.onErrorResume(TimeoutException.class, (ex) -> Mono.empty())
			.onErrorResume(WebClientException.class, (ex) -> Mono.empty());
	}

	/**
	 * Writes.
	 * @param request request of the person
	 * @param method {@code PUT}, {@code POST} or {@code DELETE}
	 * @param ifMatch tag of the state the change is meant for, {@code null} for any
	 * @param body what to write as JSON, {@code null} for nothing
	 * @param path path below the start, with placeholders
	 * @param values values of the placeholders
	 * @return the answer, also when it is a refusal or there is none
	 */
	public Mono<ServiceAnswer> send(ServerRequest request, HttpMethod method, @Nullable String ifMatch,
			@Nullable Object body, String path, Object... values) {
		byte[] json = (body != null) ? this.json.writeValueAsBytes(body) : null;
		return send(request, method, ifMatch, json, MediaType.APPLICATION_JSON, path, values);
	}

	/**
	 * Reads or writes YAML.
	 * @param request request of the person
	 * @param method {@code GET}, or {@code PUT} or {@code POST} with a text
	 * @param ifMatch tag of the state the change is meant for, {@code null} for any
	 * @param text YAML to write, {@code null} for nothing
	 * @param path path below the start, with placeholders
	 * @param values values of the placeholders
	 * @return the answer; YAML is a text in its body
	 */
	public Mono<ServiceAnswer> yaml(ServerRequest request, HttpMethod method, @Nullable String ifMatch,
			@Nullable String text, String path, Object... values) {
		byte[] bytes = (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
		return send(request, method, ifMatch, bytes, YAML, path, values);
	}

	private Mono<ServiceAnswer> send(ServerRequest request, HttpMethod method, @Nullable String ifMatch,
			byte @Nullable [] body, MediaType type, String path, Object... values) {
		return this.tokens.accessToken(request.exchange()).flatMap((token) -> {
			WebClient.RequestBodySpec spec = this.client.method(method)
				.uri(path, values)
				.headers(headers(request, token, ifMatch));
			WebClient.RequestHeadersSpec<?> whole = (body != null) ? spec.contentType(type).bodyValue(body) : spec;
			return whole.exchangeToMono((response) -> response.toEntity(byte[].class));
		}).transform(this::answered);
	}

	/**
	 * Has something done that takes no body.
	 * @param request request of the person
	 * @param ifMatch tag of the state the change is meant for
	 * @param reason why, for the audit
	 * @param path path below the start, with placeholders
	 * @param values values of the placeholders
	 * @return the answer, also when it is a refusal or there is none
	 */
	public Mono<ServiceAnswer> post(ServerRequest request, String ifMatch, String reason, String path,
			Object... values) {
		return this.tokens.accessToken(request.exchange())
			.flatMap((token) -> this.client.post()
				.uri(path, values)
				.headers(headers(request, token, ifMatch))
				.header("Pergola-Reason", encoded(reason))
				.exchangeToMono((response) -> response.toEntity(byte[].class)))
			.transform(this::answered);
	}

	/** A header holds ASCII only; other text goes as RFC 8187 says. */
	private static String encoded(String text) {
		return text.matches("[ -~]*") ? text
				: "UTF-8''" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private Mono<ServiceAnswer> answered(Mono<ResponseEntity<byte[]>> answer) {
		return answer.map(this::read)
			.timeout(this.timeout)
			.onErrorResume(TimeoutException.class, (ex) -> Mono.just(ServiceAnswer.unreachable(this.name)))
			.onErrorResume(DataBufferLimitException.class, (ex) -> Mono.just(ServiceAnswer.unreachable(this.name)))
			.onErrorResume(WebClientException.class, (ex) -> Mono.just(ServiceAnswer.unreachable(this.name)));
	}

	private static Consumer<HttpHeaders> headers(ServerRequest request, String token, @Nullable String ifMatch) {
		return (headers) -> {
			headers.setBearerAuth(token);
			headers.setAccept(List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON));
			if (ifMatch != null) {
				headers.set(HttpHeaders.IF_MATCH, ifMatch);
			}
			String trace = request.headers().firstHeader("traceparent");
			if (trace != null) {
				headers.set("traceparent", trace);
			}
		};
	}

	private ServiceAnswer read(ResponseEntity<byte[]> answer) {
		byte[] body = answer.getBody();
		String eTag = answer.getHeaders().getETag();
		if (body != null && YAML.equalsTypeAndSubtype(answer.getHeaders().getContentType())) {
			return new ServiceAnswer(this.name, answer.getStatusCode().value(), eTag,
					JsonNodeFactory.instance.stringNode(new String(body, StandardCharsets.UTF_8)));
		}
		try {
			return new ServiceAnswer(this.name, answer.getStatusCode().value(), eTag, (body != null && body.length > 0)
					? this.json.readTree(body) : JsonNodeFactory.instance.missingNode());
		}
		catch (JacksonException ex) {
			return new ServiceAnswer(this.name, 502, null, JsonNodeFactory.instance.missingNode());
		}
	}

}
