package dev.pergola.registry.client;

import java.util.concurrent.TimeoutException;

import io.netty.channel.ChannelOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * {@code GET /registry/v1/catalog/watch}: one connection each time it is opened.
 */
final class CatalogStream {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebClient client;

	private final RegistryClientProperties properties;

	CatalogStream(WebClient.Builder builder, RegistryClientProperties properties) {
		// A connection of its own: it stays open for hours and is closed when cancelled.
		HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(properties.connectTimeout().toMillis()));
		this.client = builder.baseUrl(StringUtils.trimTrailingCharacter(properties.url().toString(), '/'))
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs((codecs) -> codecs.defaultCodecs()
				.maxInMemorySize(Math.toIntExact(properties.maxCatalogSize().toBytes())))
			.build();
		this.properties = properties;
	}

	/**
	 * Opens a connection that may be told changes.
	 * @param lastRevision revision already known from the registry, 0 to be sent the
	 * whole
	 * @return events and heartbeats; fails when the connection ends, is refused or is
	 * silent for too long, never completes
	 */
	Flux<ServerSentEvent<String>> open(long lastRevision) {
		return this.client.get()
			.uri("/registry/v1/catalog/watch?changes=true")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.headers((headers) -> addHeaders(headers, lastRevision))
			.retrieve()
			.bodyToFlux(EVENT)
			.timeout(this.properties.heartbeat().multipliedBy(2))
			.concatWith(Mono.error(() -> new RegistryAwayException("the registry ended the connection", null)))
			.onErrorMap((ex) -> !(ex instanceof RegistryAwayException), this::away);
	}

	private void addHeaders(HttpHeaders headers, long lastRevision) {
		String token = this.properties.serviceToken();
		if (StringUtils.hasText(token)) {
			headers.setBearerAuth(token);
		}
		if (lastRevision > 0) {
			headers.set("Last-Event-ID", Long.toString(lastRevision));
		}
	}

	private RegistryAwayException away(Throwable ex) {
		String reason = switch (ex) {
			case TimeoutException _ -> "the registry is silent";
			// A connection cut in the middle is one of these too, with the status it
			// began with.
			case WebClientResponseException response when response.getStatusCode().isError() ->
				"the registry answered %d".formatted(response.getStatusCode().value());
			default -> "the registry is out of reach";
		};
		return new RegistryAwayException(reason, ex);
	}

}
