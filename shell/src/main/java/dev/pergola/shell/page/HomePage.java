package dev.pergola.shell.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pergola.shell.catalog.CatalogDocument;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /}: cards of modules, and links to what the person may open.
 */
final class HomePage {

	private static final String SLOT = "home.cards";

	private final PageRenderer renderer;

	HomePage(PageRenderer renderer) {
		this.renderer = renderer;
	}

	Mono<ServerResponse> render(Visitor visitor) {
		CatalogDocument catalog = visitor.catalog().document();
		Map<String, CatalogDocument.Module> modules = catalog.modules()
			.stream()
			.collect(Collectors.toMap(CatalogDocument.Module::module, (module) -> module));
		List<HostTarget> cards = catalog.slots()
			.stream()
			.filter((slot) -> slot.slot().equals(SLOT))
			.map((slot) -> card(slot, modules.get(slot.module())))
			.toList();
		List<Link> links = catalog.navigation()
			.stream()
			.flatMap((group) -> group.items().stream())
			.map((item) -> link(item, modules.get(item.module()), visitor))
			.toList();
		String name = visitor.signedIn().name();
		View view = View.of("home", visitor.texts().get("welcome", name))
			.section(visitor.texts().get("home"))
			.with("cards", cards)
			.with("links", links);
		cards.stream().map(HostTarget::entry).filter((entry) -> entry != null).distinct().forEach(view::preload);
		visitor.catalog()
			.modules()
			.stream()
			.filter((module) -> cards.stream().anyMatch((card) -> card.module().equals(module.name())))
			.forEach((module) -> view.imports(module.manifest().shared().keySet()));
		return this.renderer.render(visitor, view.top());
	}

	private static HostTarget card(CatalogDocument.Slot slot, CatalogDocument.@Nullable Module module) {
		if (module == null) {
			throw new IllegalStateException("slot of a module that is not in the catalog: " + slot.module());
		}
		return new HostTarget(module.module(), module.version(), module.title(), null, SLOT, slot.element(), null,
				module.entry().format(), module.entry().url());
	}

	private static Link link(CatalogDocument.Item item, CatalogDocument.@Nullable Module module, Visitor visitor) {
		boolean off = module != null && !module.enabled();
		return new Link(item.title(), item.href(), item.icon(), off ? visitor.texts().get("off") : null);
	}

	/**
	 * A link to a page.
	 *
	 * @param note why it leads nowhere now, {@code null} when it does
	 */
	record Link(String title, String href, @Nullable String icon, @Nullable String note) {
	}

}
