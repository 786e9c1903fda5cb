package dev.pergola.shell.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Page;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Finds the page of a path among the modules of one person, whether or not they may open
 * it. The most specific pattern wins.
 */
public final class PageTable {

	private static final PathPatternParser PARSER = new PathPatternParser();

	// By first segment, so that a look-up does not grow with the number of modules.
	private final Map<String, List<Row>> rows = new HashMap<>();

	private final List<Row> open = new ArrayList<>();

	PageTable(List<LiveModule> modules) {
		for (LiveModule module : modules) {
			module.manifest().pages().forEach((page) -> add(module, page));
		}
		this.rows.values().forEach((list) -> list.sort(Comparator.comparing(Row::pattern)));
		this.open.sort(Comparator.comparing(Row::pattern));
	}

	private void add(LiveModule module, Page page) {
		try {
			Row row = new Row(PARSER.parse(page.path()), module, page);
			String first = firstSegment(page.path());
			boolean variable = first.contains("{") || first.contains("*");
			(variable ? this.open : this.rows.computeIfAbsent(first, (key) -> new ArrayList<>())).add(row);
		}
		catch (PatternParseException ex) {
			// The registry refuses such a path; an older one must not hide the others.
		}
	}

	/**
	 * Finds the page of a path.
	 * @param path path of a request
	 * @return the page and the values of its parameters, empty when no module has it
	 */
	public Optional<PageMatch> find(PathContainer path) {
		List<Row> candidates = this.rows.getOrDefault(firstSegment(path.value()), List.of());
		return find(candidates, path).or(() -> find(this.open, path));
	}

	private Optional<PageMatch> find(List<Row> candidates, PathContainer path) {
		for (Row row : candidates) {
			PathPattern.PathMatchInfo match = row.pattern().matchAndExtract(path);
			if (match != null) {
				return Optional.of(new PageMatch(row.module(), row.page(), match.getUriVariables()));
			}
		}
		return Optional.empty();
	}

	private static String firstSegment(String path) {
		int end = path.indexOf('/', 1);
		return path.substring(Math.min(1, path.length()), (end < 0) ? path.length() : end);
	}

	private record Row(PathPattern pattern, LiveModule module, Page page) {
	}

}
