package dev.pergola.shell.console;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a service of the portal answered.
 *
 * @param service what people call it
 * @param status status code, 0 when it did not answer
 * @param eTag tag of the state, {@code null} when it told none
 * @param body JSON, of type missing when there is none
 */
public record ServiceAnswer(String service, int status, @Nullable String eTag, JsonNode body) {

	/** The service did not answer. */
	static ServiceAnswer unreachable(String service) {
		return new ServiceAnswer(service, 0, null, JsonNodeFactory.instance.missingNode());
	}

	/** A refusal before the service was asked. */
	public static ServiceAnswer unsent(String complaint) {
		return new ServiceAnswer("", 422, null, JsonNodeFactory.instance.objectNode().put("detail", complaint));
	}

	/** Whether it did what was asked. */
	public boolean isDone() {
		return this.status >= 200 && this.status < 300;
	}

	/** Whether somebody else changed the state meanwhile. */
	public boolean isStale() {
		return this.status == 412;
	}

	/**
	 * Why it did not do what was asked, in its own words.
	 * @return one or more sentences, never none
	 */
	public List<String> complaints() {
		List<String> complaints = new ArrayList<>();
		if (this.status == 0) {
			complaints.add("The %s cannot be reached. Nothing was changed.".formatted(this.service));
			return complaints;
		}
		complaints.add(this.body.path("detail").asString("The %s answered %d.".formatted(this.service, this.status)));
		this.body.path("findings")
			.forEach((finding) -> complaints
				.add((finding.path("pointer").asString("") + " " + finding.path("message").asString("")).strip()));
		return complaints;
	}

}
