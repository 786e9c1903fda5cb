package dev.pergola.shell.admin;

import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.RegistryAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /admin/audit?module=&before=}: who changed what, newest first.
 */
final class AuditPage {

	private final Console console;

	AuditPage(Console console) {
		this.console = console;
	}

	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		String module = request.queryParam("module").orElse("").strip();
		String before = request.queryParam("before").filter((text) -> text.matches("[0-9]{1,18}")).orElse("");
		String query = "?limit=50" + (module.isEmpty() ? "" : "&module={module}")
				+ (before.isEmpty() ? "" : "&before=" + before);
		Mono<RegistryAnswer> asked = module.isEmpty() ? this.console.registry().get(request, "/audit" + query)
				: this.console.registry().get(request, "/audit" + query, module);
		return asked.flatMap((answer) -> {
			View view = View.of("admin/audit", "Audit")
				.section(visitor.texts().get("admin"))
				.crumb(visitor.texts().get("admin"), "/admin")
				.with("module", module)
				.with("audit", AuditLine.list(answer))
				.with("next", answer.body().path("next").asString(""));
			return this.console.page(request, visitor, answer.isDone() ? view : Console.refused(answer, view));
		});
	}

}
