package dev.pergola.shell.admin;

import java.util.List;
import java.util.function.Function;

import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * All there is to say of one item or group of the draft; the form goes to
 * {@link NavigationPages#change}.
 */
final class NavigationEntryPage {

	private final Console console;

	NavigationEntryPage(Console console) {
		this.console = console;
	}

	/** {@code GET /admin/navigation/item?key=module/id}. */
	Mono<ServerResponse> item(ServerRequest request, Visitor visitor) {
		return show(request, visitor, (draft) -> {
			NavigationNode node = draft.nodes().get(request.queryParam("key").orElse(""));
			return (node == null) ? null
					: NavigationSidePages.side(visitor, "admin/navigation-item", node.name())
						.with("node", node)
						.with("place", draft.placeOf(node.key()))
						.with("group", draft.groupOf(node))
						.with("groups", draft.groups())
						.with("deeper", !draft.below(node.group()).isEmpty())
						.with("requires", asked(draft, node));
		});
	}

	/** What the link itself asks for, without what its page does. */
	private static String asked(NavigationDraft draft, NavigationNode node) {
		return draft.overlay()
			.links()
			.stream()
			.filter((link) -> node.isLink() && link.id().equals(node.id()))
			.findFirst()
			.map(NavigationLink::requires)
			.map((names) -> String.join(", ", names))
			.orElse("");
	}

	/** {@code GET /admin/navigation/group?id=…}. */
	Mono<ServerResponse> group(ServerRequest request, Visitor visitor) {
		return show(request, visitor, (draft) -> {
			String id = request.queryParam("id").orElse("");
			NavigationDraft.Group group = draft.group(id);
			return (group == null || id.isEmpty()) ? null
					: NavigationSidePages.side(visitor, "admin/navigation-group", group.name())
						.with("group", group)
						.with("parents", parents(draft, id));
		});
	}

	private static List<NavigationDraft.Group> parents(NavigationDraft draft, String id) {
		return draft.groups()
			.stream()
			.filter((other) -> !other.id().isEmpty() && !draft.isWithin(other.id(), id))
			.toList();
	}

	private Mono<ServerResponse> show(ServerRequest request, Visitor visitor,
			Function<NavigationDraft, @Nullable View> page) {
		return this.console.registry().get(request, "/navigation/draft").flatMap((answer) -> {
			if (!answer.isDone()) {
				return NavigationPages.redirect("", "");
			}
			View view = page.apply(NavigationPages.arranged(this.console.whole().get(), answer));
			String tag = answer.eTag();
			return (view == null) ? this.console.problems().notFound(request, visitor)
					: this.console.page(request, visitor, view.with("tag", (tag != null) ? tag : ""));
		});
	}

}
