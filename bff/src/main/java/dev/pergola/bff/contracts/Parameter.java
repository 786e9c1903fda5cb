package dev.pergola.bff.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.networknt.schema.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A parameter of an operation.
 *
 * @param in {@code path}, {@code query} or {@code header}
 * @param list whether it holds several values
 * @param separator what stands between these, empty when each comes by itself
 * @param schema {@code null} when its shape is one nobody looks into here
 */
record Parameter(String name, String in, boolean required, boolean list, String separator, @Nullable Schema schema) {

	private static final Set<String> PLACES = Set.of("path", "query", "header");

	/** What these say OpenAPI leaves to other parts of a description. */
	private static final Set<String> IGNORED = Set.of("accept", "content-type", "authorization");

	/**
	 * Reads parameters; cookies never reach a service.
	 * @param place a list of parameters
	 */
	static List<Parameter> read(Place place, Schemas schemas) {
		List<Parameter> parameters = new ArrayList<>();
		for (Place each : place.items()) {
			String name = each.node().path("name").asString("");
			String in = each.node().path("in").asString("");
			boolean ignored = in.equals("header") && IGNORED.contains(name.toLowerCase(Locale.ROOT));
			if (PLACES.contains(in) && !ignored && !name.isEmpty()) {
				parameters.add(read(each, name, in, schemas));
			}
		}
		return parameters;
	}

	private static Parameter read(Place place, String name, String in, Schemas schemas) {
		Place schema = place.at("schema");
		String style = place.node().path("style").asString(in.equals("query") ? "form" : "simple");
		boolean explode = place.node().path("explode").asBoolean(style.equals("form"));
		String separator = switch (style) {
			case "form" -> explode ? "" : ",";
			case "simple" -> ",";
			case "pipeDelimited" -> "\\|";
			case "spaceDelimited" -> " ";
			default -> "?";
		};
		boolean isList = isType(schema, "array");
		boolean isPlain = schema.exists() && !separator.equals("?") && !isType(schema, "object");
		boolean required = place.node().path("required").asBoolean(false) || in.equals("path");
		return new Parameter(name, in, required && isPlain, isList, separator,
				isPlain ? schemas.parameter(schema) : null);
	}

	private static boolean isType(Place schema, String type) {
		if (schema.node().path("type").isArray()) {
			for (Place each : schema.at("type").items()) {
				if (each.node().asString("").equals(type)) {
					return true;
				}
			}
			return false;
		}
		return schema.node().path("type").asString("").equals(type);
	}

	/**
	 * What is wrong with the values of a request.
	 * @param values empty when it has none
	 */
	List<Violation> check(List<String> values) {
		if (values.isEmpty()) {
			return this.required ? List.of(Violation.of(this.in, this.name, "is missing")) : List.of();
		}
		if (this.schema == null) {
			return List.of();
		}
		String pointer = Violation.of(this.in, this.name, "").pointer();
		if (!this.list && values.size() > 1) {
			// Which of them counts is for every reader to say.
			return List.of(Violation.of(this.in, this.name, "is there more than once"));
		}
		if (!this.list) {
			return Schemas.check(this.schema, JsonNodeFactory.instance.stringNode(values.getFirst()), this.in, pointer);
		}
		ArrayNode all = JsonNodeFactory.instance.arrayNode();
		for (String value : values) {
			for (String item : this.separator.isEmpty() ? new String[] { value } : value.split(this.separator, -1)) {
				all.add(item);
			}
		}
		return Schemas.check(this.schema, all, this.in, pointer);
	}

}
