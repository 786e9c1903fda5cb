package dev.pergola.shell.admin;

import java.util.Set;

import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /admin/audit}: who changed what, newest first.
 */
final class AuditPage {

	private static final Set<String> FORMATS = Set.of("csv", "ndjson");

	private final Console console;

	AuditPage(Console console) {
		this.console = console;
	}

	/** {@code GET /admin/audit}: a page of it; see {@link AuditSearch}. */
	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		AuditSearch search = AuditSearch.of(request);
		String before = request.queryParam("before").filter((text) -> text.matches("[0-9]{1,18}")).orElse("");
		String query = "?limit=50" + search.query() + (before.isEmpty() ? "" : "&before=" + before);
		return this.console.registry().get(request, "/audit" + query, search.values()).flatMap((answer) -> {
			String next = answer.body().path("next").asString("");
			View view = View.of("admin/audit", "Audit")
				.section(visitor.texts().get("admin"))
				.crumb(visitor.texts().get("admin"), "/admin")
				.with("search", search.fields())
				.with("audit", AuditLine.list(answer))
				.with("next", next.isEmpty() ? "" : search.link("/admin/audit", "before", next))
				.with("csv", search.link("/admin/audit/export", "format", "csv"))
				.with("ndjson", search.link("/admin/audit/export", "format", "ndjson"));
			return this.console.page(request, visitor, answer.isDone() ? view : Console.refused(answer, view));
		});
	}

	/**
	 * {@code GET /admin/audit/export?format=csv}: all that the search finds, as a file.
	 */
	Mono<ServerResponse> export(ServerRequest request, Visitor visitor) {
		String format = request.queryParam("format").filter(FORMATS::contains).orElse("csv");
		AuditSearch search = AuditSearch.of(request);
		return this.console.registry()
			.file(request, "/audit?format=" + format + search.query(), search.values())
			.switchIfEmpty(Mono.defer(() -> show(request, visitor)));
	}

}
