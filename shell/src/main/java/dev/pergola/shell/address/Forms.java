package dev.pergola.shell.address;

import java.nio.charset.StandardCharsets;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.UriUtils;

/**
 * Reads bodies of forms, up to a size.
 */
public final class Forms {

	private final int maxBytes;

	/**
	 * Reads forms.
	 * @param maxBytes most bytes a form may have
	 */
	public Forms(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * The body as it was sent.
	 * @param request request with a form
	 * @return the bytes, possibly none;
	 * {@link org.springframework.core.io.buffer.DataBufferLimitException} for too many
	 */
	public Mono<byte[]> bytes(ServerRequest request) {
		return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), this.maxBytes)
			.map(Forms::release)
			.defaultIfEmpty(new byte[0]);
	}

	/**
	 * The fields of a form.
	 * @param request request with a form
	 * @return values by name, in the order of the form; errors as of {@link #bytes}
	 */
	public Mono<MultiValueMap<String, String>> fields(ServerRequest request) {
		return bytes(request).map((body) -> parse(new String(body, StandardCharsets.UTF_8)));
	}

	private static MultiValueMap<String, String> parse(String body) {
		MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
		for (String pair : body.split("&")) {
			String[] parts = pair.split("=", 2);
			if (!parts[0].isEmpty()) {
				fields.add(decode(parts[0]), (parts.length == 2) ? decode(parts[1]) : "");
			}
		}
		return fields;
	}

	private static String decode(String text) {
		try {
			return UriUtils.decode(text.replace('+', ' '), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

	static byte[] release(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
