package dev.pergola.shell.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /admin/navigation/look}: the menu of somebody who is named, or of people
 * with some roles, and why they see {@code item}. It only reads, says so, and the
 * registry audits it.
 */
final class NavigationLookPage {

	private final Console console;

	NavigationLookPage(Console console) {
		this.console = console;
	}

	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		Question question = Question.of(request);
		View view = NavigationSidePages.side(visitor, "admin/navigation-look", "Look as somebody else")
			.with("question", question)
			.with("menu", List.of())
			.with("why", "");
		return ask(request, question, "/navigation/preview", "").flatMap((menu) -> {
			if (!menu.isDone()) {
				return this.console.page(request, visitor, Console.refused(menu, view));
			}
			view.with("menu", menu(menu.body()));
			if (question.item().isEmpty()) {
				return this.console.page(request, visitor, view);
			}
			return ask(request, question, "/navigation/why", question.item())
				.flatMap((why) -> this.console.page(request, visitor,
						why.isDone()
								? view.with("why", why.body().path("sentence").asString(""))
									.with("visible", why.body().path("visible").asBoolean(false))
									.with("rule", why.body().path("rule").asString(""))
									.with("versionRule", why.body().at("/version/rule/kind").asString(""))
								: Console.refused(why, view)));
		});
	}

	private Mono<ServiceAnswer> ask(ServerRequest request, Question question, String path, String item) {
		StringBuilder query = new StringBuilder(path).append("?of={of}");
		List<Object> values = new ArrayList<>(List.of(question.of()));
		add(query, values, "subject", question.subject());
		add(query, values, "tenant", question.tenant());
		names(question.roles()).forEach((role) -> add(query, values, "role", role));
		names(question.permissions()).forEach((permission) -> add(query, values, "permission", permission));
		names(question.groups()).forEach((group) -> add(query, values, "group", group));
		add(query, values, "item", item);
		return this.console.registry().get(request, query.toString(), values.toArray());
	}

	private static void add(StringBuilder query, List<Object> values, String name, String value) {
		if (!value.isEmpty()) {
			query.append('&').append(name).append("={").append(name).append(values.size()).append('}');
			values.add(value);
		}
	}

	private static List<String> names(String text) {
		return Arrays.stream(text.split("[,\\s]+")).filter((name) -> !name.isEmpty()).distinct().toList();
	}

	private static List<Menu> menu(JsonNode menu) {
		return menu.valueStream()
			.map((group) -> new Menu(group.path("group").asString(""),
					group.path("items").valueStream().map((item) -> item.path("title").asString("")).toList()))
			.toList();
	}

	/**
	 * What was asked.
	 *
	 * @param of {@code draft} or {@code live}
	 * @param subject id of a person, empty for nobody in particular
	 * @param roles names with commas or spaces between them
	 * @param permissions the same
	 * @param groups the same
	 * @param item {@code module/id}, empty when only the menu is asked for
	 */
	record Question(String of, String subject, String tenant, String roles, String permissions, String groups,
			String item) {

		static Question of(ServerRequest request) {
			boolean nobody = request.queryParam("subject").isEmpty();
			return new Question(request.queryParam("of").filter("live"::equals).orElse("draft"),
					field(request, "subject"), field(request, "tenant"),
					request.queryParam("roles").orElse(nobody ? "business" : "").strip(), field(request, "permissions"),
					field(request, "groups"), field(request, "item"));
		}

		private static String field(ServerRequest request, String name) {
			return request.queryParam(name).orElse("").strip();
		}

		/** Whom it is about, in words. */
		public String who() {
			String who = this.subject.isEmpty() ? "people" : this.subject;
			String names = String.join(", ", names(this.roles + " " + this.permissions + " " + this.groups));
			return (names.isEmpty() ? who : who + " with " + names)
					+ (this.tenant.isEmpty() ? "" : " of tenant " + this.tenant);
		}

	}

	/** A heading of a menu and the titles below it. */
	record Menu(String group, List<String> items) {
	}

}
