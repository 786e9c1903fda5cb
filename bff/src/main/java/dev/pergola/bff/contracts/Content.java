package dev.pergola.bff.contracts;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.networknt.schema.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * What a body may be, by media type.
 *
 * @param types empty when nothing is said
 */
record Content(Map<MediaType, Optional<Schema>> types) {

	static final Content NONE = new Content(Map.of());

	/** What two readers could read in two ways is no JSON here. */
	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/** Reads what is below {@code content}. */
	static Content read(Place content, Schemas schemas) {
		Map<MediaType, Optional<Schema>> types = new LinkedHashMap<>();
		// Any type comes last.
		for (String type : content.names()
			.stream()
			.sorted(Comparator.comparing((name) -> name.contains("*")))
			.toList()) {
			Place schema = content.at(type).at("schema");
			boolean isChecked = schema.exists() && isJson(type);
			types.put(MediaType.parseMediaType(type), isChecked ? Optional.of(schemas.body(schema)) : Optional.empty());
		}
		return new Content(types);
	}

	/** Whether a body of this type is one that is looked into. */
	static boolean isJson(@Nullable String type) {
		try {
			String subtype = (type != null) ? MimeTypeUtils.parseMimeType(type).getSubtype() : "";
			return subtype.equals("json") || subtype.endsWith("+json");
		}
		catch (InvalidMimeTypeException ex) {
			return false;
		}
	}

	/**
	 * What is wrong with a body.
	 * @param type value of {@code Content-Type}
	 */
	List<Violation> check(@Nullable String type, byte[] body) {
		MediaType given = parse(type);
		if (this.types.isEmpty()) {
			return List.of();
		}
		Optional<Schema> schema = this.types.entrySet()
			.stream()
			.filter((each) -> given != null && each.getKey().includes(given))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
		if (schema == null) {
			return List.of(Violation.of("header", "Content-Type",
					"must be one of %s".formatted(this.types.keySet().stream().map(MediaType::toString).toList())));
		}
		return (schema.isPresent() && isJson(type)) ? check(schema.get(), body) : List.of();
	}

	private static List<Violation> check(Schema schema, byte[] body) {
		JsonNode value;
		try {
			value = JSON.readTree(body);
		}
		catch (JacksonException ex) {
			return List.of(Violation.of("body", "", "is no JSON"));
		}
		return Schemas.check(schema, value, "body", "");
	}

	private static @Nullable MediaType parse(@Nullable String type) {
		try {
			return (type != null) ? MediaType.parseMediaType(type) : null;
		}
		catch (InvalidMediaTypeException ex) {
			return null;
		}
	}

}
