package dev.pergola.shell.admin;

import java.util.List;
import java.util.function.Supplier;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.registry.client.CatalogStatus;
import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.agents.Summary;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.services.ServicesPage;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /admin}: how things are.
 */
final class Dashboard {

	private final Console console;

	private final Supplier<CatalogStatus> status;

	Dashboard(Console console, Supplier<CatalogStatus> status) {
		this.console = console;
		this.status = status;
	}

	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		return Mono
			.zip(this.console.registry().get(request, "/audit?limit=8"),
					this.console.operations().get(request, "/agents"), this.console.upstreams().get(request, ""))
			.flatMap((told) -> {
				ServiceAnswer audit = told.getT1();
				Catalog catalog = this.console.whole().get();
				List<CatalogModule> off = catalog.modules().stream().filter((module) -> !module.enabled()).toList();
				View view = View.of("admin/dashboard", visitor.texts().get("admin"))
					.lead("Modules of all teams, who gets which version, and the navigation.")
					.with("revision", catalog.revision())
					.with("modules", catalog.modules().size())
					.with("off", off)
					.with("partly", catalog.modules().stream().filter((module) -> module.rollout().size() > 1).count())
					.with("status", this.status.get())
					.with("agents", Summary.of(told.getT2().body().path("all"), visitor.texts()))
					.with("agentsAway", !told.getT2().isDone())
					.with("notCalled", ServicesPage.open(told.getT3()))
					.with("servicesAway", !told.getT3().isDone())
					.with("registryAway", !audit.isDone())
					.with("audit", AuditLine.list(audit));
				return this.console.page(request, visitor, view);
			});
	}

}
