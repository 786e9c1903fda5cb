package dev.pergola.registry.publish;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * JSON of a stranger: bounded in depth, number of tokens and length of texts; a field
 * that comes twice or bytes that are no UTF-8 make it unreadable.
 */
final class JsonDocument {

	/** The bounds of whoever reads it as a manifest. */
	private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
		.maxNestingDepth(16)
		.maxStringLength(64 * 1024)
		.maxNameLength(2048)
		.maxNumberLength(32)
		.maxTokenCount(100_000)
		.build();

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(BOUNDS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private JsonDocument() {
	}

	/** The document, or a missing node when it cannot be read. */
	static JsonNode read(byte[] json) {
		try {
			return JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
		}
		catch (JacksonException | CharacterCodingException ex) {
			return MissingNode.getInstance();
		}
	}

}
