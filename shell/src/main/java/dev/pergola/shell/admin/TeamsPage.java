package dev.pergola.shell.admin;

import java.net.URI;
import java.util.List;
import java.util.Map;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@code /admin/teams}: all teams.
 */
final class TeamsPage {

	private final Console console;

	TeamsPage(Console console) {
		this.console = console;
	}

	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		return this.console.registry().get(request, "/teams").flatMap((answer) -> {
			View view = view(visitor).with("teams", answer.body().valueStream().map(Row::of).toList())
				.with("readOnly", !answer.isDone());
			return this.console.page(request, visitor, answer.isDone() ? view : Console.refused(answer, view));
		});
	}

	/** {@code POST /admin/teams}: makes the team {@code name}. */
	Mono<ServerResponse> create(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			String name = Console.field(fields, "name");
			// Of a team that is there already, nothing is overwritten.
			return this.console.registry()
				.send(request, HttpMethod.PUT, "\"0\"", Map.of(), "/teams/{team}", name)
				.flatMap((answer) -> {
					URI page = UriComponentsBuilder.fromPath("/admin/teams/{team}")
						.encode()
						.buildAndExpand(name)
						.toUri();
					return (answer.isDone() || answer.isStale()) ? ServerResponse.seeOther(page).build()
							: this.console.page(request, visitor, Console.refused(answer,
									view(visitor).with("teams", List.of()).with("readOnly", false)));
				});
		});
	}

	private static View view(Visitor visitor) {
		return View.of("admin/teams", "Teams")
			.section(visitor.texts().get("admin"))
			.crumb(visitor.texts().get("admin"), "/admin");
	}

	/** A team in the list. */
	record Row(String team, String contact, int members, List<String> modules, List<String> hosts) {

		static Row of(JsonNode team) {
			JsonNode contact = team.path("contact");
			return new Row(team.path("team").asString(""), contact.isNull() ? "" : contact.asString(""),
					team.path("members").asInt(0), texts(team.path("modules")), texts(team.path("hosts")));
		}

		private static List<String> texts(JsonNode list) {
			return list.valueStream().map((each) -> each.asString("")).toList();
		}

	}

}
