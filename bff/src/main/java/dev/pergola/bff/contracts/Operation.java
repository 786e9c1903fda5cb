package dev.pergola.bff.contracts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

/**
 * One operation of a service.
 *
 * @param body what its request may carry, {@code null} when it has no body
 * @param bodyRequired whether it must carry something
 * @param answers what its answers may carry, by status: {@code 200}, {@code 2XX} or
 * {@code default}; empty when nothing is said of them
 */
record Operation(List<Parameter> parameters, @Nullable Content body, boolean bodyRequired,
		Map<String, Content> answers) {

	/**
	 * Reads an operation.
	 * @param shared parameters of the path
	 */
	static Operation read(Place place, Place shared, Schemas schemas) {
		Map<String, Parameter> parameters = new LinkedHashMap<>();
		// The operation's own count for more than the path's.
		for (Place each : List.of(shared, place.at("parameters"))) {
			Parameter.read(each, schemas)
				.forEach((parameter) -> parameters.put(parameter.in() + parameter.name(), parameter));
		}
		Place body = place.at("requestBody");
		Map<String, Content> answers = new HashMap<>();
		Place responses = place.at("responses");
		for (String status : responses.names()) {
			answers.put(status.toUpperCase(Locale.ROOT), Content.read(responses.at(status).at("content"), schemas));
		}
		return new Operation(List.copyOf(parameters.values()),
				body.exists() ? Content.read(body.at("content"), schemas) : null,
				body.node().path("required").asBoolean(false), answers);
	}

	/**
	 * What is wrong with a request, its body left out.
	 * @param path values of the parameters in the path
	 */
	List<Violation> check(Map<String, String> path, MultiValueMap<String, String> query, HttpHeaders headers) {
		List<Violation> violations = new ArrayList<>();
		for (Parameter parameter : this.parameters) {
			List<String> values = switch (parameter.in()) {
				case "path" -> path.containsKey(parameter.name()) ? List.of(path.get(parameter.name())) : List.of();
				case "query" -> query.getOrDefault(parameter.name(), List.of())
					.stream()
					.map((value) -> (value != null) ? value : "")
					.toList();
				default -> headers.getOrEmpty(parameter.name());
			};
			violations.addAll(parameter.check(values));
		}
		return violations;
	}

	/** What is wrong with the body of a request. */
	List<Violation> checkBody(@Nullable String type, byte[] bytes) {
		if (bytes.length == 0) {
			return this.bodyRequired ? List.of(Violation.of("body", "", "is missing")) : List.of();
		}
		return (this.body != null) ? this.body.check(type, bytes) : List.of(Violation.of("body", "", "must be empty"));
	}

	/** What is wrong with an answer. */
	List<Violation> checkAnswer(int status, @Nullable String type, byte[] bytes) {
		if (this.answers.isEmpty()) {
			return List.of();
		}
		Content content = this.answers.get(String.valueOf(status));
		if (content == null) {
			content = this.answers.getOrDefault(status / 100 + "XX", this.answers.get("DEFAULT"));
		}
		if (content == null) {
			return List.of(Violation.of("status", "",
					"%d is not among %s".formatted(status, this.answers.keySet().stream().sorted().toList())));
		}
		return (bytes.length > 0) ? content.check(type, bytes) : List.of();
	}

}
