package dev.pergola.shell.admin;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * What the registry's linter found, by what it found it at.
 */
record NavigationLint(List<Finding> all) {

	static NavigationLint of(JsonNode findings) {
		return new NavigationLint(findings.valueStream()
			.map((finding) -> new Finding(finding.path("rule").asString(""), finding.path("severity").asString(""),
					finding.path("subject").asString(""), finding.path("message").asString("")))
			.toList());
	}

	/** Errors and warnings, by {@code module/id}, {@code /id} or {@code group:id}. */
	Map<String, List<Finding>> bySubject() {
		return this.all.stream()
			.filter((finding) -> !finding.severity().equals("note"))
			.collect(Collectors.groupingBy(Finding::subject));
	}

	/**
	 * Something an administrator should look at.
	 *
	 * @param severity {@code error}, {@code warning} or {@code note}
	 */
	record Finding(String rule, String severity, String subject, String message) {

		/** Class of the badge that shows it. */
		public String badge() {
			return switch (this.severity) {
				case "error" -> "danger";
				case "warning" -> "warning";
				default -> "";
			};
		}

	}

}
