package dev.pergola.shell.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.pergola.shell.catalog.CatalogDocument;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * What the palette and the assistant's panel are without scripts: {@code GET /search} and
 * {@code GET /assistant}.
 */
final class FinderPages {

	private final PageRenderer renderer;

	FinderPages(PageRenderer renderer) {
		this.renderer = renderer;
	}

	Mono<ServerResponse> search(Visitor visitor, String query) {
		List<Hit> hits = hits(visitor).stream().filter((hit) -> hit.fits(query)).toList();
		return this.renderer.render(visitor,
				View.of("search", visitor.texts().get("search.title")).with("query", query).with("hits", hits));
	}

	Mono<ServerResponse> assistant(Visitor visitor) {
		return this.renderer.render(visitor, View.of("assistant", visitor.texts().get("assistant")));
	}

	private static List<Hit> hits(Visitor visitor) {
		CatalogDocument catalog = visitor.catalog().document();
		List<Hit> hits = new ArrayList<>();
		catalog.navigation()
			.forEach((group) -> group.items()
				.forEach((item) -> hits.add(new Hit(item.title(), item.href(), group.group()))));
		catalog.agents()
			.forEach((agent) -> hits.add(new Hit(agent.title(), "/assistant", visitor.texts().get("assistant"))));
		return hits;
	}

	/**
	 * Something that was found.
	 *
	 * @param where what it is a part of, may be empty
	 */
	record Hit(String title, String href, String where) {

		// The order of words does not matter.
		boolean fits(String query) {
			String text = (this.title + " " + this.where).toLowerCase(Locale.ROOT);
			return Arrays.stream(query.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
		}

	}

}
