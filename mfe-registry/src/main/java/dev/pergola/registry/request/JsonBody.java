package dev.pergola.registry.request;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON bodies the same way whatever mapper the process has: strictly, so that a
 * misspelt field is an error and not a surprise.
 */
public final class JsonBody {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private JsonBody() {
	}

	/**
	 * Reads a body.
	 * @param json UTF-8
	 * @return never null; {@link MalformedBodyException} when it is something else
	 */
	public static <T> T read(byte[] json, Class<T> type) {
		try {
			T body = JSON.readValue(json, type);
			if (body == null) {
				throw new MalformedBodyException("body must not be null", new IllegalArgumentException("null"));
			}
			return body;
		}
		catch (JacksonException ex) {
			throw new MalformedBodyException("body cannot be read: " + ex.getOriginalMessage(), ex);
		}
	}

}
