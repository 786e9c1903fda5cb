package dev.pergola.registry.openapi;

import java.util.Map;

import dev.pergola.registry.openapi.Description.Operation;
import dev.pergola.registry.openapi.SchemaComparison.Direction;
import tools.jackson.databind.JsonNode;

/**
 * Compares the operations of two descriptions of one service.
 */
final class OperationComparison {

	private final Description older;

	private final Description newer;

	private final Losses losses;

	private final SchemaComparison schemas;

	OperationComparison(Description older, Description newer, Losses losses) {
		this.older = older;
		this.newer = newer;
		this.losses = losses;
		this.schemas = new SchemaComparison(older, newer, losses);
	}

	void compare() {
		Map<String, Operation> now = this.newer.operations();
		this.older.operations().forEach((key, before) -> {
			Operation after = now.get(key);
			if (after == null) {
				this.losses.add(before.name(), "is gone");
			}
			else {
				compareParameters(before, after);
				compareBody(before, after);
				compareResponses(before, after);
			}
		});
	}

	private void compareParameters(Operation before, Operation after) {
		Map<String, JsonNode> known = this.older.parameters(before);
		this.newer.parameters(after).forEach((name, parameter) -> {
			JsonNode earlier = known.get(name);
			boolean required = parameter.path("required").asBoolean(false);
			if (required && (earlier == null || !earlier.path("required").asBoolean(false))) {
				this.losses.add(before.name(), "%s is required now".formatted(name));
			}
			if (earlier != null) {
				this.schemas.compare(Direction.REQUEST, before.name() + ", " + name, earlier.path("schema"),
						parameter.path("schema"));
			}
		});
	}

	private void compareBody(Operation before, Operation after) {
		JsonNode earlier = this.older.resolve(before.node().path("requestBody"));
		JsonNode later = this.newer.resolve(after.node().path("requestBody"));
		if (later.path("required").asBoolean(false) && !earlier.path("required").asBoolean(false)) {
			this.losses.add(before.name(), "a request body is required now");
		}
		compareContent(Direction.REQUEST, before.name() + ", request", earlier, later);
	}

	/** Errors may come and go; what a caller can rely on is what succeeds. */
	private void compareResponses(Operation before, Operation after) {
		for (Map.Entry<String, JsonNode> response : before.node().path("responses").properties()) {
			String status = response.getKey();
			if (status.startsWith("2")) {
				JsonNode later = after.node().path("responses").path(status);
				if (later.isMissingNode()) {
					this.losses.add(before.name(), "response %s is gone".formatted(status));
				}
				else {
					compareContent(Direction.RESPONSE, before.name() + ", response " + status,
							this.older.resolve(response.getValue()), this.newer.resolve(later));
				}
			}
		}
	}

	private void compareContent(Direction direction, String place, JsonNode earlier, JsonNode later) {
		for (Map.Entry<String, JsonNode> content : earlier.path("content").properties()) {
			JsonNode now = later.path("content").path(content.getKey());
			if (now.isMissingNode()) {
				this.losses.add(place, "%s is gone".formatted(content.getKey()));
			}
			else {
				this.schemas.compare(direction, place, content.getValue().path("schema"), now.path("schema"));
			}
		}
	}

}
