package dev.pergola.shell.fragment;

import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import dev.pergola.session.AccessTokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Fetches fragments from the bff on behalf of a person.
 */
public final class FragmentClient {

	private final WebClient client;

	private final AccessTokens tokens;

	private final FragmentSanitizer sanitizer;

	private final Duration timeout;

	/**
	 * Calls the bff.
	 * @param client knows the address of the bff and how many bytes an answer may have;
	 * it does not follow redirects
	 * @param tokens access tokens of people
	 * @param sanitizer cleans what comes back
	 * @param timeout longest time until the whole answer is here
	 */
	public FragmentClient(WebClient client, AccessTokens tokens, FragmentSanitizer sanitizer, Duration timeout) {
		this.client = client;
		this.tokens = tokens;
		this.sanitizer = sanitizer;
		this.timeout = timeout;
	}

	/**
	 * Fetches a fragment, or sends a form to it.
	 * @param exchange request of the person
	 * @param address where it is: module, path on its upstream, query
	 * @param form body of the form, {@code null} to fetch
	 * @param locale language of the page
	 * @return what came back; never fails for what the upstream does
	 */
	public Mono<FragmentResult> exchange(ServerWebExchange exchange, FragmentAddress address, byte @Nullable [] form,
			Locale locale) {
		return this.tokens.accessToken(exchange)
			.flatMap((token) -> send(address, form, token, exchange, locale))
			.map(this::read)
			.timeout(this.timeout)
			.onErrorResume(TimeoutException.class,
					(ex) -> Mono.just(new FragmentResult.Unavailable("upstream.slow", 0)))
			.onErrorResume(DataBufferLimitException.class,
					(ex) -> Mono.just(new FragmentResult.Unavailable("upstream.large", 0)))
			.onErrorResume(WebClientException.class, (ex) -> Mono.just(failed(ex)));
	}

	private Mono<ResponseEntity<byte[]>> send(FragmentAddress address, byte @Nullable [] form, String token,
			ServerWebExchange exchange, Locale locale) {
		WebClient.RequestBodySpec request = this.client.method((form != null) ? HttpMethod.POST : HttpMethod.GET)
			.uri((builder) -> address.below(builder.build().toString()))
			.headers((headers) -> {
				headers.setBearerAuth(token);
				headers.setAccept(List.of(MediaType.TEXT_HTML));
				headers.set(HttpHeaders.ACCEPT_LANGUAGE, locale.toLanguageTag());
				String trace = exchange.getRequest().getHeaders().getFirst("traceparent");
				if (trace != null) {
					headers.set("traceparent", trace);
				}
			});
		WebClient.RequestHeadersSpec<?> whole = (form != null)
				? request.contentType(MediaType.APPLICATION_FORM_URLENCODED).bodyValue(form) : request;
		return whole.exchangeToMono((response) -> response.toEntity(byte[].class));
	}

	private FragmentResult read(ResponseEntity<byte[]> answer) {
		HttpStatusCode status = answer.getStatusCode();
		URI location = answer.getHeaders().getLocation();
		if (status.is3xxRedirection() && location != null) {
			return new FragmentResult.Redirect(location.toString());
		}
		MediaType type = answer.getHeaders().getContentType();
		boolean html = MediaType.TEXT_HTML.isCompatibleWith(type);
		// A page of the upstream that says "no such record" or "not valid" is a page too.
		if (type != null && html && !status.is3xxRedirection() && !status.is5xxServerError()) {
			byte[] body = Objects.requireNonNullElse(answer.getBody(), new byte[0]);
			String text = new String(body, Objects.requireNonNullElse(type.getCharset(), StandardCharsets.UTF_8));
			return new FragmentResult.Html(status, this.sanitizer.clean(text));
		}
		return switch (status.value()) {
			case 401, 403 -> new FragmentResult.Refused(status);
			case 404 -> new FragmentResult.Missing();
			default ->
				new FragmentResult.Unavailable(status.isError() ? reason(status) : "upstream.type", status.value());
		};
	}

	private static String reason(HttpStatusCode status) {
		return switch (status.value()) {
			case 502, 503 -> "upstream.unreachable";
			case 504 -> "upstream.slow";
			default -> "upstream.failed";
		};
	}

	private static FragmentResult failed(WebClientException error) {
		boolean large = error.getCause() instanceof DataBufferLimitException;
		boolean unreachable = error instanceof WebClientRequestException
				|| error.getCause() instanceof ConnectException;
		return new FragmentResult.Unavailable(
				large ? "upstream.large" : unreachable ? "upstream.unreachable" : "upstream.failed", 0);
	}

}
