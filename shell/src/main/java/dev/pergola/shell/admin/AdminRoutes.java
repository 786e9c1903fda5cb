package dev.pergola.shell.admin;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import dev.pergola.registry.client.CatalogStatus;
import dev.pergola.shell.agents.AgentsPage;
import dev.pergola.shell.agents.RunPage;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.services.ServicesPage;
import dev.pergola.shell.team.TeamPages;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /admin/**}, for people with the role {@code admin}.
 */
public final class AdminRoutes {

	private final Console console;

	private final Dashboard dashboard;

	private final ModulesPages modules;

	private final RuleForms rules;

	private final GuardForms guards;

	private final NavigationPages navigation;

	private final NavigationSidePages navigationSides;

	private final NavigationLookPage navigationLook;

	private final NavigationEntryPage navigationEntry;

	private final AuditPage audit;

	private final HistoryPage history;

	private final TeamsPage teams;

	private final TeamPages team;

	private final WhyPage why;

	private final AgentsPage agents;

	private final RunPage run;

	private final ServicesPage services;

	/**
	 * The console of one portal.
	 * @param console what consoles share
	 * @param status whether the registry is heard
	 */
	public AdminRoutes(Console console, Supplier<CatalogStatus> status) {
		this.console = console;
		this.dashboard = new Dashboard(console, status);
		this.modules = new ModulesPages(console);
		this.rules = new RuleForms(console, this.modules);
		this.guards = new GuardForms(console, this.modules);
		this.navigation = new NavigationPages(console);
		this.navigationSides = new NavigationSidePages(console);
		this.navigationLook = new NavigationLookPage(console);
		this.navigationEntry = new NavigationEntryPage(console);
		this.audit = new AuditPage(console);
		this.history = new HistoryPage(console);
		this.teams = new TeamsPage(console);
		this.team = new TeamPages(console, "admin");
		this.why = new WhyPage(console);
		this.agents = new AgentsPage(console);
		this.run = new RunPage(console);
		this.services = new ServicesPage(console);
	}

	/**
	 * The routes.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/admin", admin(this.dashboard::show))
			.GET("/admin/modules", admin(this.modules::all))
			.GET("/admin/modules/{module}", admin(this.modules::one))
			.POST("/admin/modules/{module}/state", admin(this.modules::switchOffOrOn))
			.POST("/admin/modules/{module}/rollout", admin(this.modules::rollOut))
			.POST("/admin/modules/{module}/rules", admin(this.rules::add))
			.POST("/admin/modules/{module}/rules/remove", admin(this.rules::remove))
			.POST("/admin/modules/{module}/guard", admin(this.guards::change))
			.POST("/admin/modules/{module}/guard/resume", admin(this.guards::resume))
			.POST("/admin/modules/{module}/plans/{id}/cancel", admin(this.modules::cancelPlan))
			.GET("/admin/why", admin(this.why::show))
			.GET("/admin/navigation", admin(this.navigation::show))
			.POST("/admin/navigation", admin(this.navigation::change))
			.GET("/admin/navigation/item", admin(this.navigationEntry::item))
			.GET("/admin/navigation/group", admin(this.navigationEntry::group))
			.GET("/admin/navigation/look", admin(this.navigationLook::show))
			.GET("/admin/navigation/merge", admin(this.navigationSides::merge))
			.POST("/admin/navigation/merge", admin(this.navigationSides::choose))
			.GET("/admin/navigation/yaml", admin(this.navigationSides::text))
			.POST("/admin/navigation/yaml", admin(this.navigationSides::take))
			.GET("/admin/agents", admin(this.agents::show))
			.GET("/admin/agents/runs/{id}", admin(this.run::show))
			.POST("/admin/agents/runs/{id}/cancel", admin(this.run::cancel))
			.GET("/admin/services", admin(this.services::show))
			.GET("/admin/audit", admin(this.audit::show))
			.GET("/admin/history", admin(this.history::show))
			.POST("/admin/history/{revision}/restore", admin(this.history::restore))
			.GET("/admin/audit/export", admin(this.audit::export))
			.add(teams())
			.GET("/admin/**", admin(this.console.problems()::notFound))
			.onError(Exception.class, this.console.problems()::unforeseen)
			.build();
	}

	private RouterFunction<ServerResponse> teams() {
		return RouterFunctions.route()
			.GET("/admin/teams", admin(this.teams::show))
			.POST("/admin/teams", admin(this.teams::create))
			.GET("/admin/teams/{team}", admin(this.team::show))
			.POST("/admin/teams/{team}", admin(this.team::write))
			.POST("/admin/teams/{team}/names", admin(this.team::reserve))
			.POST("/admin/teams/{team}/members", admin(this.team::members))
			.POST("/admin/teams/{team}/publishers", admin(this.team::addPublisher))
			.POST("/admin/teams/{team}/publishers/{id}/remove", admin(this.team::removePublisher))
			.GET("/admin/teams/{team}/tokens", admin(this.team::afterIssue))
			.POST("/admin/teams/{team}/tokens", admin(this.team::issue))
			.POST("/admin/teams/{team}/tokens/{id}/revoke", admin(this.team::revoke))
			.build();
	}

	private HandlerFunction<ServerResponse> admin(BiFunction<ServerRequest, Visitor, Mono<ServerResponse>> answer) {
		return (request) -> this.console.forRoles(request, Set.of("admin"), answer);
	}

}
