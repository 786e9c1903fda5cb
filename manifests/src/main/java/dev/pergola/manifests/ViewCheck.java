package dev.pergola.manifests;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Views: where their parts ask, and what they wait for. */
final class ViewCheck {

	/** A path and query of an upstream once its references are filled in. */
	private static final Pattern GET = Pattern
		.compile("/[A-Za-z0-9._~!$&'()*+,=:@%/-]*(\\?[A-Za-z0-9._~!$&'()*+,=:@%/?-]*)?");

	private ViewCheck() {
	}

	static void check(Field root, Findings findings) {
		Duplicates paths = new Duplicates(findings);
		for (Field view : root.at("views").items()) {
			Optional<PathPattern> pattern = PathCheck.pattern(view.at("path"), findings);
			pattern.ifPresent((valid) -> paths.add(view.at("path"), PathCheck.shape(valid)));
			Map<String, Set<String>> waitsFor = new LinkedHashMap<>();
			Map<String, Field> parts = view.at("parts").entries();
			parts.forEach((name, part) -> waitsFor.put(name,
					checkPart(part.at("get"), pattern.map(PathPattern::parameters), parts.keySet(), findings)));
			checkCycle(view.at("parts"), waitsFor, findings);
		}
	}

	/** Names of the parts it waits for. */
	private static Set<String> checkPart(Field get, Optional<List<String>> parameters, Set<String> parts,
			Findings findings) {
		try {
			List<PartReference> references = get.text().map(PartReference::in).orElse(List.of());
			get.text().ifPresent((text) -> checkTarget(get, text, references, findings));
			for (PartReference reference : references) {
				String name = reference.names().getFirst();
				if (reference.isParameter() && parameters.isPresent() && !parameters.get().contains(name)) {
					findings.add(get.pointer(), "uses %s, which the view's path does not have".formatted(reference));
				}
				if (!reference.isParameter() && !parts.contains(reference.part())) {
					findings.add(get.pointer(),
							"uses %s, but there is no part %s".formatted(reference, Quoted.of(reference.part())));
				}
			}
			return references.stream().map(PartReference::part).filter(parts::contains).collect(Collectors.toSet());
		}
		catch (IllegalArgumentException ex) {
			findings.add(get.pointer(), String.valueOf(ex.getMessage()));
			return Set.of();
		}
	}

	private static void checkTarget(Field get, String text, List<PartReference> references, Findings findings) {
		String filled = text;
		for (PartReference reference : references) {
			filled = filled.replace(reference.toString(), "x");
		}
		String path = filled.split("\\?", 2)[0];
		if (!filled.startsWith("/") || filled.startsWith("//")) {
			findings.add(get.pointer(), "must start with one /");
		}
		else if (!GET.matcher(filled).matches()) {
			findings.add(get.pointer(), "must be a path and query of the upstream, percent-encoded where needed");
		}
		else if (List.of(path.split("/")).stream().anyMatch((part) -> part.equals(".") || part.equals(".."))
				|| path.contains("%")) {
			findings.add(get.pointer(), "must not have a segment that is . or .., or a percent sign in its path");
		}
	}

	private static void checkCycle(Field parts, Map<String, Set<String>> waitsFor, Findings findings) {
		Set<String> done = new HashSet<>();
		boolean goesOn = true;
		while (goesOn) {
			goesOn = false;
			for (Map.Entry<String, Set<String>> part : waitsFor.entrySet()) {
				goesOn |= done.containsAll(part.getValue()) && done.add(part.getKey());
			}
		}
		List<String> stuck = waitsFor.keySet().stream().filter((name) -> !done.contains(name)).toList();
		if (!stuck.isEmpty()) {
			findings.add(parts.pointer(), "wait for each other in a circle: %s".formatted(String.join(", ", stuck)));
		}
	}

}
