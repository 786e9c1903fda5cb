package dev.pergola.shell.address;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.multipart.DefaultPartHttpMessageReader;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads forms that may carry a file of text. The whole form is in memory and bounded;
 * nothing is written to disk.
 */
public final class Uploads {

	private static final int MAX_PARTS = 16;

	private final Forms forms;

	private final DefaultPartHttpMessageReader reader = new DefaultPartHttpMessageReader();

	/**
	 * Reads forms.
	 * @param maxBytes most bytes a form may have, with its files
	 */
	public Uploads(int maxBytes) {
		this.forms = new Forms(maxBytes);
		this.reader.setMaxInMemorySize(-1);
		this.reader.setMaxParts(MAX_PARTS);
	}

	/**
	 * The fields of a form, a file's as UTF-8.
	 * @param request request with a form of either encoding
	 * @return values by name; errors as of {@link Forms#bytes}
	 */
	public Mono<MultiValueMap<String, String>> fields(ServerRequest request) {
		boolean parts = request.headers()
			.contentType()
			.filter(MediaType.MULTIPART_FORM_DATA::isCompatibleWith)
			.isPresent();
		return parts ? this.forms.bytes(request).flatMap((body) -> read(request, body)) : this.forms.fields(request);
	}

	private Mono<MultiValueMap<String, String>> read(ServerRequest request, byte[] body) {
		return this.reader
			.read(ResolvableType.forClass(Part.class), new Whole(request.headers().asHttpHeaders(), body), Map.of())
			.concatMap((part) -> DataBufferUtils.join(part.content())
				.map((content) -> Map.entry(part.name(), Forms.release(content)))
				.defaultIfEmpty(Map.entry(part.name(), new byte[0])))
			.collect(LinkedMultiValueMap::new,
					(fields, part) -> fields.add(part.getKey(), new String(part.getValue(), StandardCharsets.UTF_8)));
	}

	/** A body that is already here. */
	private record Whole(HttpHeaders headers, byte[] bytes) implements ReactiveHttpInputMessage {

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(this.bytes));
		}

	}

}
