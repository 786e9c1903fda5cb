package dev.pergola.shell.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Pages beside the editor of the navigation: the merge after a conflict, the draft as
 * YAML.
 */
final class NavigationSidePages {

	private final Console console;

	NavigationSidePages(Console console) {
		this.console = console;
	}

	/** {@code GET /admin/navigation/merge}. */
	Mono<ServerResponse> merge(ServerRequest request, Visitor visitor) {
		return merge(request, visitor, null);
	}

	private Mono<ServerResponse> merge(ServerRequest request, Visitor visitor, @Nullable ServiceAnswer refusal) {
		return Mono
			.zip(this.console.registry().get(request, "/navigation/draft"),
					this.console.registry().get(request, "/navigation/draft/merge"))
			.flatMap((answers) -> {
				ServiceAnswer merge = answers.getT2();
				String tag = answers.getT1().eTag();
				View view = side(visitor, "admin/navigation-merge", "Two changes of the navigation").lead(
						"Somebody else published while you arranged. What does not touch is put together; at the rest you choose.")
					.with("tag", (tag != null) ? tag : "")
					.with("conflicts", merge.isDone() ? conflicts(merge.body().path("conflicts")) : List.of());
				ServiceAnswer failed = (refusal != null) ? refusal : merge;
				return this.console.page(request, visitor, failed.isDone() ? view : Console.refused(failed, view));
			});
	}

	private static List<Conflict> conflicts(JsonNode conflicts) {
		return conflicts.valueStream()
			.map((conflict) -> new Conflict(conflict.path("path").asString(""), text(conflict, "base"),
					text(conflict, "theirs"), text(conflict, "yours")))
			.toList();
	}

	private static String text(JsonNode conflict, String name) {
		JsonNode value = conflict.path(name);
		return value.isNull() || value.isMissingNode() ? "nothing"
				: value.isValueNode() ? value.asString("") : value.toString();
	}

	/** {@code POST /admin/navigation/merge}: {@code choose:<path>} for each conflict. */
	Mono<ServerResponse> choose(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			Map<String, String> choices = new LinkedHashMap<>();
			fields.forEach((name, values) -> {
				if (name.startsWith("choose:") && !values.isEmpty()) {
					choices.put(name.substring("choose:".length()), values.getFirst());
				}
			});
			return this.console.registry()
				.send(request, HttpMethod.POST, Console.field(fields, "tag"), Map.of("choices", choices),
						"/navigation/draft/merge")
				.flatMap((answer) -> answer.isDone() ? NavigationPages.redirect("merge", "")
						: merge(request, visitor, answer));
		});
	}

	/** {@code GET /admin/navigation/yaml}: the draft as text, to copy or to change. */
	Mono<ServerResponse> text(ServerRequest request, Visitor visitor) {
		return this.console.registry()
			.yaml(request, HttpMethod.GET, null, null, "/navigation?format=yaml&of=draft")
			.flatMap((answer) -> {
				View view = yaml(visitor, answer.isDone() ? answer.body().asString("") : "", answer.eTag());
				return this.console.page(request, visitor, answer.isDone() ? view : Console.refused(answer, view));
			});
	}

	/**
	 * {@code POST /admin/navigation/yaml}: makes {@code file}, or without one
	 * {@code text}, the draft.
	 */
	Mono<ServerResponse> take(ServerRequest request, Visitor visitor) {
		return this.console.uploads().fields(request).flatMap((fields) -> {
			String file = Console.field(fields, "file");
			String text = file.isEmpty() ? Console.field(fields, "text") : file;
			String tag = Console.field(fields, "tag");
			return this.console.registry()
				.yaml(request, HttpMethod.PUT, tag, text, "/navigation/draft")
				.flatMap((answer) -> answer.isDone() ? NavigationPages.redirect("import", "")
						: this.console.page(request, visitor, Console.refused(answer, yaml(visitor, text, tag))));
		});
	}

	private static View yaml(Visitor visitor, String text, @Nullable String tag) {
		return side(visitor, "admin/navigation-yaml", "Navigation as YAML").lead(
				"Copy it into a repository, or change it here. What you take over is a draft: nothing changes for anybody until you publish.")
			.with("text", text)
			.with("tag", (tag != null) ? tag : "");
	}

	static View side(Visitor visitor, String template, String title) {
		return NavigationPages.view(visitor, template, title).crumb("Navigation", NavigationPages.PATH);
	}

	/**
	 * A field two people changed.
	 *
	 * @param path names it to the registry
	 */
	record Conflict(String path, String base, String theirs, String yours) {

		/** The field as people read it, such as {@code deals/deals, order}. */
		public String name() {
			String[] parts = this.path.split("/", 4);
			String subject = (parts.length > 2) ? parts[2].replace("~1", "/").replace("~0", "~") : this.path;
			return (parts.length > 3) ? subject + ", " + parts[3].replace("/", " ") : subject;
		}

	}

}
