package dev.pergola.manifests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pages, navigation and slots. */
final class PageCheck {

	private PageCheck() {
	}

	static void check(Field root, Findings findings) {
		boolean isFragment = root.at("entry").at("format").is("fragment");
		Duplicates ids = new Duplicates(findings);
		Duplicates paths = new Duplicates(findings);
		for (Field page : root.at("pages").items()) {
			ids.addText(page.at("id"));
			Field path = page.at("path");
			Optional<PathPattern> pattern = PathCheck.pattern(path, findings);
			pattern.ifPresent((valid) -> {
				PathCheck.checkReserved(path, valid, findings);
				paths.add(path, PathCheck.shape(valid));
			});
			checkContent(page, isFragment, pattern.map(PathPattern::parameters).orElse(List.of()), findings);
		}
		checkNavigation(root, findings);
		checkSlots(root, isFragment, findings);
	}

	private static void checkContent(Field page, boolean isFragment, List<String> parameters, Findings findings) {
		Field element = page.at("element");
		Field fragment = page.at("fragment");
		ElementName.check(element, findings);
		if (!isFragment && fragment.exists()) {
			findings.add(fragment.pointer(), "needs an entry of the format fragment");
		}
		if (isFragment && !fragment.exists()) {
			findings.add(fragment.pointer(), "is missing");
		}
		if (isFragment && element.exists()) {
			findings.add(element.pointer(), "must be left out when the format is fragment");
		}
		PathCheck.pattern(fragment, findings)
			.flatMap(
					(pattern) -> pattern.parameters().stream().filter((name) -> !parameters.contains(name)).findFirst())
			.ifPresent((name) -> findings.add(fragment.pointer(),
					"uses {%s}, which the page's path does not have".formatted(name)));
	}

	private static void checkNavigation(Field root, Findings findings) {
		Map<String, Field> pages = root.at("pages")
			.items()
			.stream()
			.filter((page) -> page.at("id").text().isPresent())
			.collect(Collectors.toMap((page) -> page.at("id").text().orElse(""), Function.identity(),
					(first, second) -> first));
		Duplicates ids = new Duplicates(findings);
		for (Field item : root.at("navigation").items()) {
			ids.addText(item.at("id"));
			Field reference = item.at("page");
			reference.text().ifPresent((id) -> {
				Field page = pages.get(id);
				if (page == null) {
					findings.add(reference.pointer(), "there is no page %s".formatted(Quoted.of(id)));
				}
				else if (page.at("path").text().filter((path) -> path.contains("{")).isPresent()) {
					findings.add(reference.pointer(),
							"page %s has parameters in its path, so nothing can link to it".formatted(Quoted.of(id)));
				}
			});
		}
	}

	private static void checkSlots(Field root, boolean isFragment, Findings findings) {
		Duplicates fills = new Duplicates(findings);
		for (Field fill : root.at("slots").items()) {
			ElementName.check(fill.at("element"), findings);
			fills.add(fill, fill.at("slot").node() + " " + fill.at("element").node());
			if (isFragment) {
				findings.add(fill.pointer(), "needs an entry that defines elements, not the format fragment");
			}
		}
		Duplicates offers = new Duplicates(findings);
		root.at("offers").items().forEach((offer) -> offers.addText(offer.at("slot")));
		Duplicates events = new Duplicates(findings);
		root.at("events").at("publishes").items().forEach((event) -> events.addText(event.at("type")));
	}

}
