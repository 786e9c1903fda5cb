package dev.pergola.shell.catalog;

import java.util.Map;

import dev.pergola.manifests.Page;

/**
 * A page that was asked for.
 *
 * @param module module the page is of
 * @param page the page
 * @param parameters values of the path's parameters, decoded
 */
public record PageMatch(LiveModule module, Page page, Map<String, String> parameters) {

	public PageMatch {
		parameters = Map.copyOf(parameters);
	}

}
