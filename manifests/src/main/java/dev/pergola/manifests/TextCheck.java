package dev.pergola.manifests;

/**
 * Refuses text that some engine might evaluate or a reader might misread, in values and
 * in names of fields.
 */
final class TextCheck {

	private TextCheck() {
	}

	static void check(Field field, Findings findings) {
		field.text().ifPresent((text) -> {
			String problem = problem(text);
			if (!problem.isEmpty()) {
				findings.add(field.pointer(), problem);
			}
		});
		field.items().forEach((item) -> check(item, findings));
		field.entries().forEach((name, value) -> {
			String problem = problem(name);
			if (!problem.isEmpty()) {
				findings.addToKey(field.pointer(), name, "field %s %s".formatted(Quoted.of(name), problem));
			}
			check(value, findings);
		});
	}

	private static String problem(String text) {
		if (text.contains("#{") || text.contains("${")) {
			return "must not hold #{ or ${: a manifest is pure data";
		}
		return text.codePoints().allMatch(Quoted::isSafe) ? ""
				: "must not hold control characters, direction marks or unknown characters";
	}

}
