package dev.pergola.shell.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.RegistryAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /admin/navigation}: arranges a draft, shows what it changes, publishes it. The
 * draft is in the page and nowhere else, so that leaving the page forgets it.
 */
final class NavigationPages {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private final Console console;

	NavigationPages(Console console) {
		this.console = console;
	}

	/** {@code GET /admin/navigation}. */
	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		return live(request).flatMap((live) -> {
			Catalog catalog = this.console.whole().get();
			Navigation overlay = live.isDone() ? JSON.treeToValue(live.body(), Navigation.class) : catalog.navigation();
			NavigationDraft draft = NavigationDraft.of(catalog, overlay);
			View view = view(visitor, draft, draft, tag(live)).with("readOnly", !live.isDone());
			return this.console.page(request, visitor, live.isDone() ? view : Console.refused(live, view));
		});
	}

	/**
	 * {@code POST /admin/navigation}: {@code draft} (JSON), {@code base} (tag it was
	 * begun on) and {@code do}, what to do with it.
	 */
	Mono<ServerResponse> change(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> live(request).flatMap((live) -> {
			if (!live.isDone()) {
				return show(request, visitor);
			}
			Catalog catalog = this.console.whole().get();
			NavigationDraft published = NavigationDraft.of(catalog, JSON.treeToValue(live.body(), Navigation.class));
			NavigationDraft draft = edited(NavigationDraft.of(catalog, draft(fields, published)), fields);
			String base = Console.field(fields, "base");
			String wish = Console.field(fields, "do");
			if (wish.equals("publish")) {
				return publish(request, visitor, published, draft, base);
			}
			String tag = wish.equals("rebase") ? tag(live) : base;
			View view = view(visitor, published, draft, tag).with("readOnly", false)
				.with("conflict", !tag.equals(tag(live)));
			return this.console.page(request, visitor, view);
		}));
	}

	private Mono<ServerResponse> publish(ServerRequest request, Visitor visitor, NavigationDraft published,
			NavigationDraft draft, String base) {
		return this.console.registry()
			.send(request, HttpMethod.PUT, base, draft.overlay(), "/navigation")
			.flatMap((answer) -> {
				if (answer.isDone()) {
					return Console.done("/admin/navigation", "navigation");
				}
				View view = Console.refused(answer, view(visitor, published, draft, base))
					.with("readOnly", false)
					.with("conflict", answer.isStale());
				return this.console.page(request, visitor, view);
			});
	}

	private Mono<RegistryAnswer> live(ServerRequest request) {
		return this.console.registry().get(request, "/navigation");
	}

	private static Navigation draft(MultiValueMap<String, String> fields, NavigationDraft published) {
		try {
			String text = Console.field(fields, "draft");
			return text.isEmpty() ? published.overlay() : JSON.readValue(text, Navigation.class);
		}
		catch (JacksonException ex) {
			return published.overlay();
		}
	}

	private static NavigationDraft edited(NavigationDraft draft, MultiValueMap<String, String> fields) {
		String[] wish = Console.field(fields, "do").split(":", 2);
		String key = (wish.length == 2) ? wish[1] : "";
		if (wish[0].equals("add-group")) {
			return addGroup(draft, fields);
		}
		if (wish[0].endsWith("-group")) {
			return switch (wish[0]) {
				case "up-group" -> draft.moveGroup(key, -1);
				case "down-group" -> draft.moveGroup(key, 1);
				case "name-group" -> draft.group(key, titles(fields, "group:" + key));
				default -> draft;
			};
		}
		if (!draft.nodes().containsKey(key)) {
			return draft;
		}
		return switch (wish[0]) {
			case "up" -> draft.move(key, Math.max(0, draft.placeOf(key) - 1));
			case "down" -> draft.move(key, draft.placeOf(key) + 1);
			case "top" -> draft.move(key, 0);
			case "bottom" -> draft.move(key, Integer.MAX_VALUE);
			case "move" -> draft.moveTo(key, Console.field(fields, "to:" + key));
			case "hide" -> draft.hide(key, true);
			case "show" -> draft.hide(key, false);
			case "name" -> draft.rename(key, titles(fields, key));
			default -> draft;
		};
	}

	private static NavigationDraft addGroup(NavigationDraft draft, MultiValueMap<String, String> fields) {
		String title = Console.field(fields, "new-group");
		String id = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+|-+$", "");
		return id.isEmpty() ? draft : draft.group(id, LocalizedText.of(title));
	}

	private static LocalizedText titles(MultiValueMap<String, String> fields, String key) {
		Map<String, String> titles = new LinkedHashMap<>();
		for (String language : List.of("en", "de")) {
			String title = Console.field(fields, language + ":" + key);
			if (!title.isEmpty()) {
				titles.put(language, title);
			}
		}
		return titles.isEmpty() ? LocalizedText.NONE : new LocalizedText(titles);
	}

	private static String tag(RegistryAnswer live) {
		String tag = live.eTag();
		return (tag != null) ? tag : "";
	}

	private static View view(Visitor visitor, NavigationDraft published, NavigationDraft draft, String base) {
		return View.of("admin/navigation", "Navigation")
			.section(visitor.texts().get("admin"))
			.crumb(visitor.texts().get("admin"), "/admin")
			.lead("Modules propose, you arrange. Nothing changes for anybody until you publish.")
			.with("groups", draft.groups())
			.with("changes", NavigationDiff.between(published, draft))
			.with("draft", JSON.writeValueAsString(draft.overlay()))
			.with("base", base)
			.with("conflict", false);
	}

}
