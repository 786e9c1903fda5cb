package dev.pergola.manifests.catalog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.PathPattern;

/**
 * Finds the page of a path among modules.
 */
public final class PortalPages {

	private final Collection<Manifest> manifests;

	private final Map<String, List<Page>> byFirst = new HashMap<>();

	/**
	 * Pages of some modules.
	 * @param manifests one of each module; looked at with the first question
	 */
	public PortalPages(Collection<Manifest> manifests) {
		this.manifests = manifests;
	}

	/**
	 * Finds a page.
	 * @param href path, with or without query and fragment
	 * @return the page with the most specific path, empty when no module has one
	 */
	public Optional<Page> find(String href) {
		String path = href.replaceAll("[?#].*$", "");
		List<String> segments = Arrays.stream(path.split("/"))
			.filter((segment) -> !segment.isEmpty())
			.map(PortalPages::decode)
			.toList();
		String first = segments.isEmpty() ? "" : segments.getFirst();
		return List.of(first, "{}")
			.stream()
			.flatMap((start) -> index().getOrDefault(start, List.of()).stream())
			.filter((page) -> page.pattern().match(segments).isPresent())
			.min(Comparator.comparing(Page::pattern));
	}

	private Map<String, List<Page>> index() {
		if (this.byFirst.isEmpty()) {
			this.manifests.forEach((manifest) -> manifest.pages()
				.forEach((page) -> this.byFirst.computeIfAbsent(first(page), (key) -> new ArrayList<>()).add(page)));
		}
		return this.byFirst;
	}

	private static String first(Page page) {
		List<PathPattern.Segment> segments = page.pattern().segments();
		return segments.isEmpty() ? "" : switch (segments.getFirst()) {
			case PathPattern.Literal literal -> literal.name();
			case PathPattern.Parameter parameter -> "{}";
		};
	}

	private static String decode(String segment) {
		try {
			return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return segment;
		}
	}

}
