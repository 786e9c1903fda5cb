package dev.pergola.shell.agents;

import java.time.Clock;
import java.util.Map;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code /admin/agents/runs/{id}}: one run of somebody. */
public final class RunPage {

	private final Console console;

	public RunPage(Console console) {
		this.console = console;
	}

	/** {@code GET /admin/agents/runs/{id}}. */
	public Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		return ask(request).flatMap((run) -> (run.status() == 404) ? this.console.problems().notFound(request, visitor)
				: this.console.page(request, visitor,
						run.isDone() ? view(visitor, run, "") : Console.refused(run, view(visitor, run, ""))));
	}

	/**
	 * {@code POST /admin/agents/runs/{id}/cancel}: {@code reason}, and {@code confirm}
	 * that it is meant.
	 */
	public Mono<ServerResponse> cancel(ServerRequest request, Visitor visitor) {
		String id = request.pathVariable("id");
		return this.console.forms().fields(request).flatMap((fields) -> {
			String reason = Console.field(fields, "reason");
			if (!Console.field(fields, "confirm").equals("yes")) {
				return refused(request, visitor, reason,
						ServiceAnswer.unsent(visitor.texts().get("agents.stop.unconfirmed")));
			}
			return this.console.operations()
				.send(request, HttpMethod.POST, null, Map.of("reason", reason), "/runs/{id}/cancel", id)
				.flatMap((answer) -> answer.isDone() ? Console.done("/admin/agents/runs/{id}", "run-stopping", id)
						: refused(request, visitor, reason, answer));
		});
	}

	private Mono<ServerResponse> refused(ServerRequest request, Visitor visitor, String reason, ServiceAnswer refusal) {
		return ask(request).flatMap(
				(run) -> this.console.page(request, visitor, Console.refused(refusal, view(visitor, run, reason))));
	}

	private Mono<ServiceAnswer> ask(ServerRequest request) {
		return this.console.operations().get(request, "/runs/{id}", request.pathVariable("id"));
	}

	private static View view(Visitor visitor, ServiceAnswer answer, String reason) {
		String agents = visitor.texts().get("agents");
		View view = View.of("admin/run", visitor.texts().get("agents.run"))
			.section(agents)
			.crumb(visitor.texts().get("admin"), "/admin")
			.crumb(agents, "/admin/agents")
			.with("known", answer.isDone())
			.with("reason", reason);
		return answer.isDone() ? view.with("run", RunRow.of(answer.body(), visitor.texts(), Clock.systemUTC())) : view;
	}

}
