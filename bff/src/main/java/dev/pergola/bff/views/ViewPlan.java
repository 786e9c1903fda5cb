package dev.pergola.bff.views;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.pergola.manifests.PathPattern;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;

/**
 * How a view is made: its parts, each after those it needs something of.
 *
 * @param module whose view it is
 * @param name path of the view, as the manifest says it
 * @param keep how old a whole answer may be, zero for a new one each time
 * @param names names of the parts in the order of the manifest
 * @param parts in an order they can be begun in
 */
record ViewPlan(String module, String name, PathPattern path, Duration keep, List<String> names, List<PartPlan> parts) {

	/**
	 * Makes a plan.
	 * @param module module whose view it is
	 * @throws IllegalArgumentException when parts need each other in a circle, or
	 * something that is not there
	 */
	static ViewPlan of(String module, View view, ViewProperties properties) {
		Map<String, PartTemplate> templates = new LinkedHashMap<>();
		view.parts().forEach((name, part) -> templates.put(name, PartTemplate.parse(part.get())));
		Set<String> parsed = new HashSet<>();
		templates.values().forEach((template) -> parsed.addAll(template.references()));
		PathPattern path = view.pattern();
		checkNames(view, path, templates, parsed);
		List<PartPlan> parts = new ArrayList<>();
		for (String name : inOrder(templates)) {
			ViewPart part = view.parts().get(name);
			PartTemplate template = templates.get(name);
			if (part != null && template != null) {
				parts.add(new PartPlan(name, (part.module() != null) ? part.module() : module, template,
						part.optional(), properties.limited(part.timeout()), parsed.contains(name)));
			}
		}
		return new ViewPlan(module, view.path(), path, properties.kept(view.cache()),
				List.copyOf(view.parts().keySet()), List.copyOf(parts));
	}

	private static void checkNames(View view, PathPattern path, Map<String, PartTemplate> templates,
			Set<String> parsed) {
		if (!templates.keySet().containsAll(parsed)) {
			throw new IllegalArgumentException(
					"view %s: refers to %s (expected: of %s)".formatted(view.path(), parsed, templates.keySet()));
		}
		for (PartTemplate template : templates.values()) {
			if (!path.parameters().containsAll(template.parameters())) {
				throw new IllegalArgumentException("view %s: uses %s (expected: of %s)".formatted(view.path(),
						template.parameters(), path.parameters()));
			}
		}
	}

	private static List<String> inOrder(Map<String, PartTemplate> templates) {
		Map<String, PartTemplate> waiting = new HashMap<>(templates);
		List<String> order = new ArrayList<>();
		while (!waiting.isEmpty()) {
			List<String> ready = templates.keySet()
				.stream()
				.filter((name) -> waiting.containsKey(name) && order.containsAll(waiting.get(name).references()))
				.toList();
			if (ready.isEmpty()) {
				throw new IllegalArgumentException("parts %s: need each other".formatted(waiting.keySet()));
			}
			ready.forEach(waiting::remove);
			order.addAll(ready);
		}
		return order;
	}

}
