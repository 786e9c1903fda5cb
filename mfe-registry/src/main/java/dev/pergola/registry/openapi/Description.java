package dev.pergola.registry.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

/**
 * A description of a service, as it was read.
 */
public final class Description {

	private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch",
			"trace");

	private final JsonNode root;

	/**
	 * A description as its reader gives it.
	 * @param root what {@link dev.pergola.manifests.openapi.DescriptionReader} read
	 */
	public Description(JsonNode root) {
		this.root = root;
	}

	/**
	 * What callers of a service would lose with a newer description of it.
	 * @param newer description that is to take its place
	 * @return a sentence for each loss with its place, at most 50; empty when every
	 * caller can go on
	 */
	public List<String> lossesWith(Description newer) {
		Losses losses = new Losses();
		new OperationComparison(this, newer, losses).compare();
		return losses.sentences();
	}

	/** Operations by path, with parameters without their names, and method. */
	Map<String, Operation> operations() {
		Map<String, Operation> operations = new TreeMap<>();
		for (Map.Entry<String, JsonNode> path : this.root.path("paths").properties()) {
			JsonNode item = resolve(path.getValue());
			for (String method : METHODS) {
				if (item.path(method).isObject()) {
					String name = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
					operations.put(method + " " + path.getKey().replaceAll("\\{[^}]{0,256}\\}", "{}"),
							new Operation(name, item.path(method), item));
				}
			}
		}
		return operations;
	}

	/** Parameters of an operation and of its path. */
	Map<String, JsonNode> parameters(Operation operation) {
		Map<String, JsonNode> parameters = new LinkedHashMap<>();
		for (JsonNode list : List.of(operation.path().path("parameters"), operation.node().path("parameters"))) {
			for (JsonNode each : list) {
				JsonNode parameter = resolve(each);
				String in = parameter.path("in").asString("");
				if (!in.equals("path")) {
					parameters.put(in + " parameter " + parameter.path("name").asString(""), parameter);
				}
			}
		}
		return parameters;
	}

	JsonNode resolve(JsonNode node) {
		return References.resolve(this.root, node);
	}

	/**
	 * One method of one path.
	 *
	 * @param name method and path as written
	 */
	record Operation(String name, JsonNode node, JsonNode path) {

	}

}
