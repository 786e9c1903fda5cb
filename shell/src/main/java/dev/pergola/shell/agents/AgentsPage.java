package dev.pergola.shell.agents;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.Texts;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /admin/agents}: what agents are doing, for whom, and how agents and teams
 * fare.
 */
public final class AgentsPage {

	private final Console console;

	public AgentsPage(Console console) {
		this.console = console;
	}

	/** The page, with the runs that are looked for. */
	public Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		Search search = Search.of(request);
		return Mono.zip(this.console.operations()
			.get(request,
					"/runs?limit=50&state={state}&team={team}&agent={agent}&person={person}&text={text}&before={before}",
					search.state(), search.team(), search.agent(), search.person(), search.text(), search.before()),
				this.console.operations().get(request, "/agents"))
			.flatMap((told) -> {
				View view = view(visitor, search, told.getT1(), told.getT2());
				return this.console.page(request, visitor,
						told.getT1().isDone() ? view : Console.refused(told.getT1(), view));
			});
	}

	private static View view(Visitor visitor, Search search, ServiceAnswer runs, ServiceAnswer agents) {
		Texts texts = visitor.texts();
		Clock clock = Clock.systemUTC();
		return View.of("admin/agents", texts.get("agents"))
			.section(texts.get("admin"))
			.crumb(texts.get("admin"), "/admin")
			.lead(texts.get("agents.lead"))
			.with("search", search)
			.with("states",
					List.of("going", "queued", "running", "waiting", "expired", "finished", "failed", "cancelled"))
			.with("known", runs.isDone())
			.with("runs", list(runs, "runs").map((run) -> RunRow.of(run, texts, clock)).toList())
			.with("next", Written.text(runs.body(), "next"))
			.with("all", Summary.of(agents.body().path("all"), texts))
			.with("agents", list(agents, "agents").map((agent) -> Summary.OfAgent.of(agent, texts)).toList())
			.with("teams", list(agents, "teams").map((team) -> Summary.OfTeam.of(team, texts)).toList());
	}

	private static Stream<JsonNode> list(ServiceAnswer answer, String name) {
		return answer.isDone() ? answer.body().path(name).valueStream() : Stream.empty();
	}

	/**
	 * What is looked for; what is empty is not asked.
	 *
	 * @param before place after which to go on
	 */
	record Search(String state, String team, String agent, String person, String text, String before) {

		static Search of(ServerRequest request) {
			return new Search(field(request, "state"), field(request, "team"), field(request, "agent"),
					field(request, "person"), field(request, "text"), field(request, "before"));
		}

		/** Whether all runs are looked for. */
		public boolean isEmpty() {
			return (this.state + this.team + this.agent + this.person + this.text + this.before).isEmpty();
		}

		private static String field(ServerRequest request, String name) {
			return request.queryParam(name).orElse("").strip();
		}

	}

}
