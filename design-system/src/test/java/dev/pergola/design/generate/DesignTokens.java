package dev.pergola.design.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of the three files, in their order.
 */
final class DesignTokens {

	static final Path FOLDER = Path.of("src/main/resources/META-INF/resources/assets/design/tokens");

	private static final JsonMapper JSON = new JsonMapper();

	private final Map<String, Token> tokens = new LinkedHashMap<>();

	static DesignTokens read() {
		DesignTokens all = new DesignTokens();
		for (String file : List.of("base", "semantic", "component")) {
			try {
				all.group("", JSON.readTree(Files.readString(FOLDER.resolve(file + ".json"))), null, file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return all;
	}

	/** Tokens with a custom property: all but the scales, which say nothing of use. */
	List<Token> published() {
		return this.tokens.values().stream().filter((token) -> !token.file().equals("base")).toList();
	}

	Collection<Token> all() {
		return this.tokens.values();
	}

	Token get(String path) {
		Token token = this.tokens.get(path);
		if (token == null) {
			throw new IllegalArgumentException("token: %s (expected: one of the files)".formatted(path));
		}
		return token;
	}

	String css(Token token, Mode mode) {
		return css(token.type(), token.value(mode), mode);
	}

	Color color(Token token, Mode mode) {
		return color(token.value(mode), mode);
	}

	private void group(String path, JsonNode node, @Nullable String inherited, String file) {
		String type = node.path("$type").asString((inherited != null) ? inherited : "");
		if (node.has("$value")) {
			add(path, type, node, file);
			return;
		}
		node.properties().stream().filter((child) -> !child.getKey().startsWith("$")).forEach((child) -> {
			String name = path.isEmpty() ? child.getKey() : path + "." + child.getKey();
			group(name, child.getValue(), type, file);
		});
	}

	private void add(String path, String type, JsonNode node, String file) {
		JsonNode ours = node.path("$extensions").path("dev.pergola");
		Map<String, JsonNode> modes = new HashMap<>();
		ours.path("modes").properties().forEach((mode) -> modes.put(mode.getKey(), mode.getValue()));
		List<String> on = new ArrayList<>();
		ours.path("on").forEach((background) -> on.add(background.asString()));
		Token token = new Token(path, type, node.path("$value"), modes, on, ours.path("ratio").asDouble(1),
				node.path("$description").asString(""), file);
		if (this.tokens.put(path, token) != null) {
			throw new IllegalArgumentException("token: %s (expected: stated once)".formatted(path));
		}
	}

	private JsonNode resolve(JsonNode value, Mode mode) {
		String text = value.isString() ? value.asString() : "";
		return text.startsWith("{") ? resolve(get(text.substring(1, text.length() - 1)).value(mode), mode) : value;
	}

	private Color color(JsonNode stated, Mode mode) {
		JsonNode value = resolve(stated, mode);
		JsonNode parts = value.path("components");
		if (!value.path("colorSpace").asString("").equals("oklch") || parts.size() != 3) {
			throw new IllegalArgumentException("color: %s (expected: oklch with three components)".formatted(value));
		}
		return Color.oklch(parts.get(0).asDouble(), parts.get(1).asDouble(), parts.get(2).asDouble(),
				value.path("alpha").asDouble(1));
	}

	private String css(String type, JsonNode stated, Mode mode) {
		JsonNode value = resolve(stated, mode);
		return switch (type) {
			case "color" -> color(value, mode).css();
			case "dimension", "duration" -> number(value.path("value")) + unit(value);
			case "fontFamily" -> join(value, ", ", (name) -> quoted(name.asString()));
			case "fontWeight", "number" -> number(value);
			case "cubicBezier" -> "cubic-bezier(" + join(value, ", ", DesignTokens::number) + ")";
			case "shadow" -> join(value, ", ", (layer) -> shadow(layer, mode));
			default -> throw new IllegalArgumentException("type: %s (expected: a type of the files)".formatted(type));
		};
	}

	private String shadow(JsonNode layer, Mode mode) {
		return List.of("offsetX", "offsetY", "blur", "spread")
			.stream()
			.map((part) -> css("dimension", layer.path(part), mode))
			.collect(Collectors.joining(" ", "", " " + css("color", layer.path("color"), mode)));
	}

	private static String join(JsonNode values, String separator, java.util.function.Function<JsonNode, String> text) {
		return values.valueStream().map(text).collect(Collectors.joining(separator));
	}

	private static String quoted(String name) {
		return name.contains(" ") ? '"' + name + '"' : name;
	}

	private static String number(JsonNode value) {
		return value.decimalValue().stripTrailingZeros().toPlainString();
	}

	private static String unit(JsonNode value) {
		return value.path("value").asDouble() == 0 ? "" : value.path("unit").asString();
	}

}
