package dev.pergola.bff.views;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.pergola.bff.egress.UpstreamFailures;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.routing.Upstreams;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Fetches parts from modules' upstreams. */
final class PartClient {

	private final HttpClient client;

	private final Upstreams upstreams;

	private final int maxBytes;

	PartClient(HttpClient client, Upstreams upstreams, ViewProperties properties) {
		this.client = client;
		this.upstreams = upstreams;
		this.maxBytes = Math.toIntExact(properties.maxPart().toBytes());
	}

	/**
	 * The answer to one path.
	 * @param limit time after which the connection is given up
	 * @return fails with {@link PartException}
	 */
	Mono<byte[]> get(String module, String path, ViewRequest request, Duration limit) {
		return Mono.defer(() -> {
			URI upstream = this.upstreams.get(module);
			return this.client.responseTimeout(limit).headers((headers) -> {
				headers.set("Accept", "application/json");
				headers.set("Authorization", "Bearer " + request.accessToken());
				headers.set("traceparent", request.trace().parent());
				if (!request.language().isEmpty()) {
					headers.set("Accept-Language", request.language());
				}
			}).get().uri(upstream + path).response(this::read).next();
		}).onErrorMap((ex) -> !(ex instanceof PartException), (ex) -> translate(module, ex));
	}

	private Flux<byte[]> read(HttpClientResponse response, ByteBufFlux content) {
		int status = response.status().code();
		if (status == 204) {
			return Flux.just("null".getBytes(StandardCharsets.US_ASCII));
		}
		if (status != 200) {
			return Flux.error(new PartException("failed", status));
		}
		String type = response.responseHeaders().get("Content-Type", "").split(";")[0].strip();
		if (!type.equals("application/json") && !type.endsWith("+json")) {
			return Flux.error(new PartException("invalid", status));
		}
		return content.asByteArray()
			.reduceWith(ByteArrayOutputStream::new, this::append)
			.map(ByteArrayOutputStream::toByteArray)
			.flux();
	}

	private ByteArrayOutputStream append(ByteArrayOutputStream bytes, byte[] piece) {
		if (bytes.size() + piece.length > this.maxBytes) {
			throw new PartException("too-large", 200);
		}
		bytes.writeBytes(piece);
		return bytes;
	}

	private static PartException translate(String module, Throwable ex) {
		BffException failure = UpstreamFailures.of(module, ex);
		return new PartException(switch (failure.failure()) {
			case UPSTREAM_TIMEOUT -> "timeout";
			case MODULE_DISABLED -> "disabled";
			case UPSTREAM_FAILED -> "failed";
			default -> "unavailable";
		}, 0);
	}

	/** A part that cannot be had. */
	static final class PartException extends RuntimeException {

		private final String status;

		private final int upstreamStatus;

		PartException(String status, int upstreamStatus) {
			super(status, null, false, false);
			this.status = status;
			this.upstreamStatus = upstreamStatus;
		}

		PartResult.Absent result(long millis) {
			return new PartResult.Absent(this.status, this.upstreamStatus, millis);
		}

	}

}
