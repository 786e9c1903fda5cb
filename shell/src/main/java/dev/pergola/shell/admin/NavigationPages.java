package dev.pergola.shell.admin;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.console.ServiceClient;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@code /admin/navigation}: arranges the draft that all administrators share, shows what
 * it changes and what the linter finds, publishes it. The draft is in the registry.
 */
final class NavigationPages {

	static final String PATH = "/admin/navigation";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private static final Map<String, String> SAID = Map.of("undo", "The last change is undone.", "redo",
			"The change is done again.", "discard", "The draft is dropped. What people see was never changed.",
			"restore", "The version is the draft now. Publish it to bring it back.", "import",
			"The text is the draft now.", "merge", "Your changes and theirs are one draft now.", "save",
			"The draft is changed.");

	private static final String STALE = "Somebody else changed the draft meanwhile. Nothing of what you just did was"
			+ " kept; below is the draft as it is now.";

	private final Console console;

	NavigationPages(Console console) {
		this.console = console;
	}

	/** {@code GET /admin/navigation}. */
	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		return draft(request).flatMap((draft) -> {
			Catalog catalog = this.console.whole().get();
			if (!draft.isDone()) {
				View view = view(visitor, NavigationDraft.of(catalog, catalog.navigation()), draft);
				return this.console.page(request, visitor, Console.refused(draft, view.with("readOnly", true)));
			}
			NavigationDraft arranged = arranged(catalog, draft);
			return with(request, view(visitor, arranged, draft).with("said", said(request, arranged)))
				.flatMap((view) -> this.console.page(request, visitor, view));
		});
	}

	/**
	 * {@code POST /admin/navigation}: {@code do} says what to do with the draft whose tag
	 * is {@code tag}. A draft that changed meanwhile is left alone.
	 */
	Mono<ServerResponse> change(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			String[] wish = Console.field(fields, "do").split(":", 2);
			return switch (wish[0]) {
				case "" -> redirect("", "");
				case "publish" -> publish(request, visitor, fields);
				case "undo", "redo" ->
					write(request, visitor, fields, HttpMethod.POST, "/navigation/draft/" + wish[0], wish[0]);
				case "discard" -> write(request, visitor, fields, HttpMethod.DELETE, "/navigation/draft", "discard");
				case "restore" -> write(request, visitor, fields, HttpMethod.POST, "/navigation/versions/%s/restore"
					.formatted((wish.length == 2) ? wish[1].replaceAll("[^0-9]", "") : "0"), "restore");
				default -> edit(request, visitor, fields,
						(wish.length < 2) ? "" : (wish[0].endsWith("-group") ? "group:" : "") + wish[1]);
			};
		});
	}

	private Mono<ServerResponse> edit(ServerRequest request, Visitor visitor, MultiValueMap<String, String> fields,
			String key) {
		return draft(request).flatMap((now) -> {
			if (!now.isDone()) {
				return refused(request, visitor, now);
			}
			String tag = Console.field(fields, "tag");
			if (!tag.equals(now.eTag())) {
				return stale(request, visitor);
			}
			NavigationDraft before = arranged(this.console.whole().get(), now);
			NavigationDraft after = NavigationEdit.apply(before, fields);
			if (after.overlay().equals(before.overlay())) {
				return redirect("", key);
			}
			return registry().send(request, HttpMethod.PUT, tag, JSON.valueToTree(after.overlay()), "/navigation/draft")
				.flatMap((answer) -> answer.isDone() ? redirect("save", key)
						: answer.isStale() ? stale(request, visitor) : refused(request, visitor, answer));
		});
	}

	private Mono<ServerResponse> write(ServerRequest request, Visitor visitor, MultiValueMap<String, String> fields,
			HttpMethod method, String path, String said) {
		return registry().send(request, method, Console.field(fields, "tag"), null, path)
			.flatMap((answer) -> answer.isDone() ? redirect(said, "")
					: answer.isStale() ? stale(request, visitor) : refused(request, visitor, answer));
	}

	private Mono<ServerResponse> publish(ServerRequest request, Visitor visitor, MultiValueMap<String, String> fields) {
		String draft = Console.field(fields, "tag").replaceAll("[^0-9]", "");
		String live = "\"%s\"".formatted(Console.field(fields, "live").replaceAll("[^0-9]", ""));
		return registry().send(request, HttpMethod.POST, live, null, "/navigation/draft/publish?draft={draft}", draft)
			.flatMap((answer) -> {
				if (answer.isDone()) {
					return Console.done(PATH, "navigation");
				}
				if (answer.isStale() && answer.body().has("conflicts")) {
					return ServerResponse.seeOther(URI.create(PATH + "/merge")).build();
				}
				return answer.isStale() ? stale(request, visitor) : refused(request, visitor, answer);
			});
	}

	private Mono<ServerResponse> stale(ServerRequest request, Visitor visitor) {
		return again(request, visitor, (view) -> view.status(HttpStatus.CONFLICT).with("complaints", List.of(STALE)));
	}

	Mono<ServerResponse> refused(ServerRequest request, Visitor visitor, ServiceAnswer refusal) {
		return again(request, visitor, (view) -> Console.refused(refusal, view));
	}

	private Mono<ServerResponse> again(ServerRequest request, Visitor visitor,
			java.util.function.UnaryOperator<View> complain) {
		return draft(request).flatMap((draft) -> {
			Catalog catalog = this.console.whole().get();
			boolean known = draft.isDone();
			View view = view(visitor,
					known ? arranged(catalog, draft) : NavigationDraft.of(catalog, catalog.navigation()), draft);
			return (known ? with(request, view) : Mono.just(view.with("readOnly", true)))
				.flatMap((full) -> this.console.page(request, visitor, complain.apply(full)));
		});
	}

	/** Adds what else the registry knows of the draft. */
	private Mono<View> with(ServerRequest request, View view) {
		return Mono
			.zip(registry().get(request, "/navigation/draft/diff"),
					registry().get(request, "/navigation/lint?of=draft"),
					registry().get(request, "/navigation/versions?limit=20"))
			.map((answers) -> {
				NavigationLint lint = NavigationLint.of(answers.getT2().body());
				return view.with("changes", sentences(answers.getT1().body()))
					.with("affected", affected(answers.getT1().body().path("affected")))
					.with("lint", lint)
					.with("findings", lint.bySubject())
					.with("versions", versions(answers.getT3().body()));
			});
	}

	private static List<String> sentences(JsonNode diff) {
		return diff.path("changes")
			.valueStream()
			.map((change) -> change.path("sentence").asString(""))
			.distinct()
			.toList();
	}

	/** Whom the changes concern, in a sentence. */
	private static String affected(JsonNode affected) {
		if (affected.path("people").asInt(-1) == 0) {
			return "0 people will notice: nobody sees what changes.";
		}
		if (affected.path("everyone").asBoolean(false)) {
			return "Everybody who is signed in will notice.";
		}
		List<String> roles = affected.path("roles")
			.valueStream()
			.map((names) -> String.join(" and ", names.valueStream().map((name) -> name.asString("")).toList()))
			.toList();
		return roles.isEmpty() ? ""
				: "People who have one of these will notice: %s.".formatted(String.join(", ", roles));
	}

	private static List<Map<String, String>> versions(JsonNode versions) {
		return versions.valueStream().map((version) -> {
			Map<String, String> row = new LinkedHashMap<>();
			row.put("revision", version.path("revision").asString("0"));
			row.put("at", AuditLine.time(version.path("at").asString("")));
			row.put("by", version.path("by").asString(""));
			row.put("reason", version.path("reason").isNull() ? "" : version.path("reason").asString(""));
			return row;
		}).toList();
	}

	/** What was done, and where the entry is now: read out by screen readers. */
	private static String said(ServerRequest request, NavigationDraft draft) {
		String at = request.queryParam("at").orElse("");
		String said = request.queryParam("said").map(SAID::get).orElse("");
		NavigationNode node = draft.nodes().get(at);
		NavigationDraft.Group group = at.startsWith("group:") ? draft.group(at.substring("group:".length())) : null;
		if (said.isEmpty()) {
			return said;
		}
		if (node != null) {
			return said(node, draft);
		}
		return (group != null) ? said(group, draft) : said;
	}

	private static String said(NavigationNode node, NavigationDraft draft) {
		NavigationDraft.Group group = draft.group(node.group());
		return "“%s” is at place %d in “%s”%s%s.".formatted(node.name(), draft.placeOf(node.key()) + 1,
				(group != null) ? group.name() : node.group(), node.hidden() ? ", hidden" : "",
				node.locked() ? ", locked" : "");
	}

	private static String said(NavigationDraft.Group group, NavigationDraft draft) {
		NavigationDraft.Group parent = draft.group(group.parent());
		String below = (parent == null || parent.id().isEmpty()) ? "" : " in “%s”".formatted(parent.name());
		return "Group “%s” is at place %d among the groups%s.".formatted(group.label(),
				draft.placeOfGroup(group.id()) + 1, below);
	}

	/** Back to the page, where the entry is. */
	static Mono<ServerResponse> redirect(String said, String key) {
		UriComponentsBuilder location = UriComponentsBuilder.fromPath(PATH);
		if (!said.isEmpty()) {
			location.queryParam("said", said);
		}
		if (key.contains("/")) {
			location.queryParam("at", "{key}").fragment("pergola-item-{anchor}");
		}
		else if (!key.isEmpty()) {
			location.queryParam("at", "{key}");
		}
		return ServerResponse.seeOther(location.encode().build(Map.of("key", key, "anchor", key.replace('/', '-'))))
			.build();
	}

	private Mono<ServiceAnswer> draft(ServerRequest request) {
		return registry().get(request, "/navigation/draft");
	}

	private ServiceClient registry() {
		return this.console.registry();
	}

	static NavigationDraft arranged(Catalog catalog, ServiceAnswer draft) {
		return NavigationDraft.of(catalog, JSON.treeToValue(draft.body().path("navigation"), Navigation.class));
	}

	private static String tag(@Nullable String tag) {
		return (tag != null) ? tag : "";
	}

	private static View view(Visitor visitor, NavigationDraft arranged, ServiceAnswer draft) {
		JsonNode body = draft.body();
		return view(visitor, "admin/navigation", "Navigation").with("groups", arranged.groups())
			.with("readOnly", false)
			.with("said", "")
			.with("tag", tag(draft.eTag()))
			.with("live", body.path("live").asString("0"))
			.with("begun", body.path("begun").asBoolean(false))
			.with("outdated", body.path("base").asLong(0) != body.path("live").asLong(0))
			.with("undo", body.path("undo").asInt(0))
			.with("redo", body.path("redo").asInt(0))
			.with("by", body.path("by").isNull() ? "" : body.path("by").asString(""))
			.with("changes", List.of())
			.with("affected", "")
			.with("lint", new NavigationLint(List.of()))
			.with("findings", Map.of())
			.with("versions", List.of())
			.lead("Modules propose, you arrange. Nothing changes for anybody until you publish.");
	}

	static View view(Visitor visitor, String template, String title) {
		return View.of(template, title)
			.section(visitor.texts().get("admin"))
			.crumb(visitor.texts().get("admin"), "/admin");
	}

}
