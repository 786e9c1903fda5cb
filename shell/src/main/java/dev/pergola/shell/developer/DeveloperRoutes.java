package dev.pergola.shell.developer;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ModuleHealth;
import dev.pergola.shell.console.ModuleRow;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.team.TeamPages;
import dev.pergola.shell.team.TeamToken;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /developer/**}, for people with the role {@code developer}.
 */
public final class DeveloperRoutes {

	private static final Set<String> LIFETIMES = Set.of("P7D", "P30D", "P90D");

	private final Console console;

	private final TeamPages team;

	/**
	 * The console of one portal.
	 * @param console what consoles share
	 */
	public DeveloperRoutes(Console console) {
		this.console = console;
		this.team = new TeamPages(console, "developer");
	}

	/** Teams of the session and those that the registry itself puts the person in. */
	private Mono<List<String>> teams(ServerRequest request, Visitor visitor) {
		return this.console.registry()
			.get(request, "/teams")
			.map((answer) -> Stream
				.concat(visitor.signedIn().teams().stream(),
						answer.body()
							.valueStream()
							.filter((team) -> answer.isDone() && team.path("mine").asBoolean(false))
							.map((team) -> team.path("team").asString("")))
				.distinct()
				.sorted()
				.toList());
	}

	/**
	 * The routes.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/developer", developer(this::overview))
			.GET("/developer/modules/{module}", developer(this::module))
			.GET("/developer/teams/{team}", developer(this.team::show))
			.POST("/developer/teams/{team}/members", developer(this.team::members))
			.POST("/developer/teams/{team}/publishers", developer(this.team::addPublisher))
			.POST("/developer/teams/{team}/publishers/{id}/remove", developer(this.team::removePublisher))
			.POST("/developer/teams/{team}/tokens", developer(this::issue))
			// where the page with a new token is: reloaded, it has nothing to show any
			// more
			.GET("/developer/teams/{team}/tokens",
					(request) -> ServerResponse.seeOther(URI.create("/developer")).build())
			.POST("/developer/teams/{team}/tokens/{id}/revoke", developer(this::revoke))
			.GET("/developer/**", developer(this.console.problems()::notFound))
			.onError(Exception.class, this.console.problems()::unforeseen)
			.build();
	}

	private HandlerFunction<ServerResponse> developer(BiFunction<ServerRequest, Visitor, Mono<ServerResponse>> answer) {
		return (request) -> this.console.forRoles(request, Set.of("developer"), answer);
	}

	private Mono<ServerResponse> overview(ServerRequest request, Visitor visitor) {
		return overview(request, visitor, null).flatMap((view) -> this.console.page(request, visitor, view));
	}

	private Mono<View> overview(ServerRequest request, Visitor visitor, @Nullable ServiceAnswer refusal) {
		return teams(request, visitor).flatMap((teams) -> overview(request, visitor, teams, refusal));
	}

	private Mono<View> overview(ServerRequest request, Visitor visitor, List<String> teams,
			@Nullable ServiceAnswer refusal) {
		Mono<List<TeamTokens>> tokens = Flux.fromIterable(teams)
			.concatMap((team) -> this.console.registry()
				.get(request, "/teams/{team}/tokens", team)
				.map((answer) -> TeamTokens.of(team, answer)))
			.collectList();
		return Mono.zip(this.console.registry().get(request, "/modules"), tokens).map((told) -> {
			ServiceAnswer answer = told.getT1();
			List<ModuleRow> modules = answer.isDone() ? ModuleRow.list(answer)
					: this.console.whole().get().modules().stream().map(ModuleRow::of).toList();
			View view = View.of("developer/overview", visitor.texts().get("developer"))
				.lead("The modules of your teams, and how to publish the next version.")
				.with("modules", modules.stream().filter((module) -> teams.contains(module.team())).toList())
				.with("teams", told.getT2())
				.with("readOnly", !answer.isDone())
				.with("publish", publishCommand(request, "."));
			ServiceAnswer complaint = (refusal != null) ? refusal : answer;
			return complaint.isDone() ? view : Console.refused(complaint, view);
		});
	}

	private Mono<ServerResponse> module(ServerRequest request, Visitor visitor) {
		String module = request.pathVariable("module");
		return Mono
			.zip(this.console.registry().get(request, "/modules/{module}", module),
					this.console.registry().get(request, "/audit?module={module}&limit=20", module),
					teams(request, visitor))
			.flatMap((told) -> {
				ServiceAnswer answer = told.getT1();
				ModuleRow row = answer.isDone() ? ModuleRow.of(answer.body())
						: this.console.whole()
							.get()
							.findModule(module)
							.map(ModuleRow::of)
							.orElse(ModuleRow.unknown(module));
				if (answer.status() == 404 || !told.getT3().contains(row.team())) {
					return this.console.problems().notFound(request, visitor);
				}
				View view = View.of("developer/module", module)
					.section(visitor.texts().get("developer"))
					.crumb(visitor.texts().get("developer"), "/developer")
					.with("module", row)
					.with("publish", publishCommand(request, module))
					.with("auditAway", !told.getT2().isDone())
					.with("audit", AuditLine.list(told.getT2()));
				return ModuleHealth.of(this.console.registry(), request, module)
					.flatMap((health) -> this.console.page(request, visitor,
							(answer.isDone() ? view : Console.refused(answer, view)).with("health", health)));
			});
	}

	/*
	 * The one page that shows a secret: the answer to the form itself, never stored and
	 * not to be reached again.
	 */
	private Mono<ServerResponse> issue(ServerRequest request, Visitor visitor) {
		String team = request.pathVariable("team");
		return this.console.forms().fields(request).flatMap((fields) -> {
			String lifetime = Console.field(fields, "lifetime");
			Map<String, String> wanted = Map.of("name", Console.field(fields, "name"), "expiresIn",
					LIFETIMES.contains(lifetime) ? lifetime : Duration.ofDays(30).toString());
			return this.console.registry()
				.send(request, HttpMethod.POST, null, wanted, "/teams/{team}/tokens", team)
				.flatMap((answer) -> issued(request, visitor, team, answer));
		});
	}

	private Mono<ServerResponse> issued(ServerRequest request, Visitor visitor, String team, ServiceAnswer answer) {
		if (!answer.isDone()) {
			return overview(request, visitor, answer).flatMap((view) -> this.console.page(request, visitor, view));
		}
		JsonNode token = answer.body();
		return this.console.page(request, visitor,
				View.of("developer/token", "New token")
					.section(visitor.texts().get("developer"))
					.crumb(visitor.texts().get("developer"), "/developer")
					.with("team", team)
					.with("back", "/developer")
					.with("token", token.path("token").asString(""))
					.with("expires", AuditLine.time(token.path("expiresAt").asString("")))
					.with("publish", publishCommand(request, ".")));
	}

	private Mono<ServerResponse> revoke(ServerRequest request, Visitor visitor) {
		return this.console.registry()
			.send(request, HttpMethod.DELETE, null, null, "/teams/{team}/tokens/{id}", request.pathVariable("team"),
					request.pathVariable("id"))
			.flatMap((answer) -> answer.isDone() ? Console.done("/developer", "token-revoked")
					: overview(request, visitor, answer).flatMap((view) -> this.console.page(request, visitor, view)));
	}

	private static String publishCommand(ServerRequest request, String folder) {
		String origin = request.uri().getScheme() + "://" + request.uri().getAuthority();
		return "PERGOLA_URL=%s PERGOLA_TOKEN=<token> pergola publish %s".formatted(origin, folder);
	}

	/**
	 * A team's tokens.
	 */
	record TeamTokens(String team, List<TeamToken> tokens) {

		static TeamTokens of(String team, ServiceAnswer answer) {
			return new TeamTokens(team, TeamToken.list(answer));
		}

	}

}
