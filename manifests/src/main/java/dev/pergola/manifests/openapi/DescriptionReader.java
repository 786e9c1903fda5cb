package dev.pergola.manifests.openapi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads descriptions in JSON or YAML. Depth, tokens and lengths are bounded, aliases of
 * YAML are refused before anything follows them, and no reference leads out of the file.
 * Safe for several threads.
 */
public final class DescriptionReader {

	private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
		.maxNestingDepth(64)
		.maxStringLength(128 * 1024)
		.maxNameLength(2048)
		.maxNumberLength(64)
		.maxTokenCount(400_000)
		.build();

	private final ObjectMapper json = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(BOUNDS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final ObjectMapper yaml = YAMLMapper
		.builder(YAMLFactory.builder()
			.streamReadConstraints(BOUNDS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.build();

	/**
	 * Reads a description.
	 * @param bytes any content of bounded size
	 * @return the root of a description whose references all lead inside of it
	 * @throws UnreadableDescriptionException when it is anything else
	 */
	public ObjectNode read(byte[] bytes) throws UnreadableDescriptionException {
		String text = text(bytes);
		try {
			JsonNode root = text.stripLeading().startsWith("{") ? this.json.readTree(text) : readYaml(text);
			String version = root.path("openapi").asString("");
			if (!(root instanceof ObjectNode description)
					|| (!version.startsWith("3.0") && !version.startsWith("3.1"))) {
				throw new UnreadableDescriptionException("is no OpenAPI 3.0 or 3.1");
			}
			checkReferences(description);
			return description;
		}
		catch (JacksonException ex) {
			String message = ex.getOriginalMessage().replaceAll(",? from `[^`]*`", "").replaceAll("\\p{C}+", " ");
			throw new UnreadableDescriptionException("cannot be read: "
					+ ((message.length() <= 200) ? message : message.substring(0, 200) + "…") + place(ex));
		}
		catch (RuntimeException | StackOverflowError ex) {
			// The YAML parser has exceptions of its own for what it does not understand.
			throw new UnreadableDescriptionException("cannot be read");
		}
	}

	private JsonNode readYaml(String text) throws UnreadableDescriptionException {
		try (JsonParser parser = this.yaml.createParser(text)) {
			int tokens = 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				// The parser of YAML keeps fewer of the bounds than that of JSON.
				boolean isLong = token == JsonToken.VALUE_STRING
						&& parser.getString().length() > BOUNDS.getMaxStringLength();
				if (++tokens > BOUNDS.getMaxTokenCount() || isLong) {
					throw new UnreadableDescriptionException("cannot be read: it is too large");
				}
				if (parser instanceof YAMLParser each && each.isCurrentAlias()) {
					throw new UnreadableDescriptionException(
							"has an alias in line %d (expected: $ref)".formatted(parser.currentLocation().getLineNr()));
				}
			}
		}
		return this.yaml.readTree(text);
	}

	/** Nobody fetches what a stranger's file names. */
	private static void checkReferences(JsonNode root) throws UnreadableDescriptionException {
		Deque<JsonNode> open = new ArrayDeque<>();
		open.push(root);
		while (!open.isEmpty()) {
			JsonNode node = open.pop();
			JsonNode reference = node.path("$ref");
			if (reference.isString() && !reference.stringValue().startsWith("#")) {
				throw new UnreadableDescriptionException("has a $ref to another document; put all of it into one file");
			}
			node.forEach(open::push);
		}
	}

	private static String text(byte[] bytes) throws UnreadableDescriptionException {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableDescriptionException("must be UTF-8");
		}
	}

	private static String place(JacksonException ex) {
		return (ex.getLocation() == null || ex.getLocation().getLineNr() < 1) ? ""
				: " (line %d)".formatted(ex.getLocation().getLineNr());
	}

}
