package dev.pergola.shell.services;

import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.pergola.shell.agents.Written;
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
 * {@code GET /admin/services}: how modules' services are doing, those in trouble first.
 */
public final class ServicesPage {

	private static final Comparator<ServiceRow> TROUBLE_FIRST = Comparator.comparing(ServiceRow::state)
		.thenComparing(ServiceRow::module);

	private final Console console;

	public ServicesPage(Console console) {
		this.console = console;
	}

	/** The page, with the services that are looked for. */
	public Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		Search search = new Search(field(request, "state"), field(request, "team"));
		return this.console.upstreams().get(request, "").flatMap((told) -> {
			View view = view(visitor, search, told);
			return this.console.page(request, visitor, told.isDone() ? view : Console.refused(told, view));
		});
	}

	/**
	 * How many services are not called.
	 * @param told answer of the bff, also a refusal
	 */
	public static long open(ServiceAnswer told) {
		return told.body()
			.path("modules")
			.valueStream()
			.filter((service) -> ServiceState.of(service) == ServiceState.OPEN)
			.count();
	}

	private static View view(Visitor visitor, Search search, ServiceAnswer told) {
		Texts texts = visitor.texts();
		Clock clock = Clock.systemUTC();
		JsonNode body = told.body();
		List<ServiceRow> all = told.isDone() ? body.path("modules")
			.valueStream()
			.map((service) -> ServiceRow.of(service, texts, clock))
			.sorted(TROUBLE_FIRST)
			.toList() : List.of();
		return View.of("admin/services", texts.get("services"))
			.section(texts.get("admin"))
			.crumb(texts.get("admin"), "/admin")
			.lead(texts.get("services.lead"))
			.with("known", told.isDone())
			.with("search", search)
			.with("states", Arrays.stream(ServiceState.values()).map(ServiceState::label).toList())
			.with("teams", all.stream().map(ServiceRow::team).distinct().sorted().toList())
			.with("services", all.stream().filter(search::fits).toList())
			.with("node", Written.text(body, "node"))
			.with("open", count(all, (state) -> state == ServiceState.OPEN, texts))
			.with("troubled", count(all, ServiceState::isTrouble, texts))
			.with("well", count(all, (state) -> state == ServiceState.WELL, texts))
			.with("inFlight", Written.count(body, "inFlight", texts))
			.with("maxCalls", Written.count(body, "maxCalls", texts));
	}

	private static String count(List<ServiceRow> rows, Predicate<ServiceState> which, Texts texts) {
		return Written.count(rows.stream().map(ServiceRow::state).filter(which).count(), texts);
	}

	private static String field(ServerRequest request, String name) {
		return request.queryParam(name).orElse("").strip();
	}

	/** What is looked for; what is empty is not asked. */
	record Search(String state, String team) {

		/** Whether all services are looked for. */
		public boolean isEmpty() {
			return (this.state + this.team).isEmpty();
		}

		boolean fits(ServiceRow row) {
			return (this.state.isEmpty() || this.state.equals(row.state().label()))
					&& (this.team.isEmpty() || this.team.equals(row.team()));
		}

	}

}
