package dev.pergola.bff.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.regex.RegularExpression;
import tools.jackson.databind.JsonNode;

/**
 * Schemas of one description. Nothing outside of it is ever fetched, and patterns are
 * matched in linear time: both are written by a team, and the values come from anybody.
 */
final class Schemas {

	private static final String DOCUMENT = "https://pergola.invalid/openapi.json";

	private final SchemaRegistry strict;

	private final SchemaRegistry loose;

	Schemas(JsonNode root) {
		Dialect dialect = root.path("openapi").asString("").startsWith("3.0") ? Dialects.getOpenApi30()
				: Dialects.getOpenApi31();
		String text = root.toString();
		this.strict = registry(dialect, text, false);
		this.loose = registry(dialect, text, true);
	}

	/** What a body is held against. */
	Schema body(Place schema) {
		return schema(this.strict, schema);
	}

	/** What a parameter is held against: numbers and the like are texts there. */
	Schema parameter(Place schema) {
		return schema(this.loose, schema);
	}

	/** What is wrong with a value. */
	static List<Violation> check(Schema schema, JsonNode value, String in, String pointer) {
		return schema.validate(value).stream().map((error) -> violation(error, in, pointer)).toList();
	}

	private static Violation violation(Error error, String in, String pointer) {
		String place = pointer + error.getInstanceLocation();
		String text = error.getMessage();
		// The sentence begins with the place, which is said already.
		int start = text.startsWith(error.getInstanceLocation() + ":") ? text.indexOf(':') + 1 : 0;
		String message = text.substring(start).strip();
		return new Violation(in, place, (message.length() <= 300) ? message : message.substring(0, 300) + "…");
	}

	private static Schema schema(SchemaRegistry registry, Place schema) {
		return registry.getSchema(SchemaLocation.of(DOCUMENT + "#" + schema.pointer()));
	}

	private static SchemaRegistry registry(Dialect dialect, String text, boolean loose) {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.typeLoose(loose)
			.locale(Locale.ENGLISH)
			.regularExpressionFactory(Schemas::pattern)
			.build();
		return SchemaRegistry.withDialect(dialect,
				(builder) -> builder.schemas(Map.of(DOCUMENT, text))
					.schemaLoader((loader) -> loader.fetchRemoteResources(false))
					.schemaRegistryConfig(config));
	}

	// What cannot be matched in linear time is not matched at all.
	private static RegularExpression pattern(String text) {
		try {
			Pattern pattern = Pattern.compile(text);
			return (value) -> pattern.matcher(value).find();
		}
		catch (PatternSyntaxException ex) {
			return (value) -> true;
		}
	}

}
