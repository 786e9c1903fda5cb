package dev.pergola.bff.views;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Tells whether bytes are what they say they are, without making anything of them: they
 * are put into an answer as they are, next to those of other services.
 */
final class JsonCheck {

	/**
	 * Reads UTF-8 and nothing else: other encodings and a mark of one are no JSON here.
	 */
	private static final JsonFactory JSON = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
		.build();

	private JsonCheck() {
	}

	/** Whether this is one JSON value in UTF-8 (RFC 8259), and nothing beside it. */
	static boolean isOneValue(byte[] bytes) {
		return isWhole(bytes) && ByteBufUtil.isText(Unpooled.wrappedBuffer(bytes), StandardCharsets.UTF_8);
	}

	private static boolean isWhole(byte[] bytes) {
		try (JsonParser tokens = JSON.createParser(ObjectReadContext.empty(), bytes)) {
			if (tokens.nextToken() == null) {
				return false;
			}
			tokens.skipChildren();
			return tokens.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
