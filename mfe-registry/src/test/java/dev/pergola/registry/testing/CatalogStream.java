package dev.pergola.registry.testing;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Watches a running registry as bff and shell do.
 */
public final class CatalogStream {

	private final WebClient http;

	/** A stream of the registry at a port, on as many connections as need be. */
	public CatalogStream(int port) {
		this.http = WebClient.builder()
			.baseUrl("http://localhost:" + port + "/registry/v1/catalog/watch")
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
			.build();
	}

	/** Everything that comes, comments as well. */
	public Flux<ServerSentEvent<String>> all(boolean changes, @Nullable String lastEventId) {
		return this.http.get().uri("?changes={changes}", changes).headers((headers) -> {
			headers.setBearerAuth(RegistryClient.SERVICE_TOKEN);
			if (lastEventId != null) {
				headers.set("Last-Event-ID", lastEventId);
			}
		}).retrieve().bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
		});
	}

	/** Events only, changes where they can be. */
	public Flux<ServerSentEvent<String>> changes(@Nullable String lastEventId) {
		return all(true, lastEventId).filter((event) -> event.data() != null);
	}

}
