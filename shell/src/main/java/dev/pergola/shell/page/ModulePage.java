package dev.pergola.shell.page;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.pergola.manifests.EntryFormat;
import dev.pergola.manifests.Page;
import dev.pergola.shell.catalog.LiveModule;
import dev.pergola.shell.catalog.PageMatch;
import dev.pergola.shell.fragment.FragmentClient;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.problem.Failure;
import dev.pergola.shell.problem.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /{page path from a manifest}}.
 */
final class ModulePage {

	private final PageRenderer renderer;

	private final Problems problems;

	private final JsonMapper json;

	private final FragmentPage fragments;

	private final String accessContact;

	ModulePage(PageRenderer renderer, Problems problems, JsonMapper json, FragmentClient fragments,
			String accessContact) {
		this.renderer = renderer;
		this.problems = problems;
		this.json = json;
		this.fragments = new FragmentPage(renderer, problems, fragments);
		this.accessContact = accessContact;
	}

	/** Answers with the page, or with why the person does not get it. */
	Mono<ServerResponse> render(ServerRequest request, Visitor visitor, PageMatch match, byte @Nullable [] form) {
		LiveModule module = match.module();
		if (!visitor.signedIn().has(match.page().requires())) {
			return this.problems.answer(request, visitor, forbidden(visitor, match));
		}
		if (!module.module().enabled()) {
			return this.problems.answer(request, visitor, switchedOff(visitor, module));
		}
		if (module.format() == EntryFormat.FRAGMENT) {
			return this.fragments.render(request, visitor, match, form);
		}
		if (form != null) {
			return this.problems.answer(request, visitor,
					Failure.of("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, visitor.texts().get("error.405"),
							visitor.texts().get("error.405.why")));
		}
		return this.renderer.render(visitor, view(visitor, match));
	}

	private View view(Visitor visitor, PageMatch match) {
		LiveModule module = match.module();
		boolean frame = module.format() == EntryFormat.IFRAME;
		HostTarget target = new HostTarget(module.name(), module.version(), module.title(visitor.locale()),
				match.page().id(), null, match.page().element(), this.json.writeValueAsString(match.parameters()),
				module.format().text(), module.entryUrl());
		View view = titled(frame ? "frame" : "module", visitor, match).with("target", target);
		if (!frame) {
			view.preload(Objects.requireNonNull(target.entry())).imports(module.manifest().shared().keySet());
		}
		return view;
	}

	/** A view with title and breadcrumbs of a module's page. */
	static View titled(String template, Visitor visitor, PageMatch match) {
		LiveModule module = match.module();
		String section = module.title(visitor.locale());
		View view = View.of(template, match.page().titleIn(visitor.locale())).section(section);
		parent(visitor, match).ifPresent((page) -> view.crumb(page.titleIn(visitor.locale()), page.path()));
		return view;
	}

	// The longest page of the same module above this one.
	private static Optional<Page> parent(Visitor visitor, PageMatch match) {
		List<Page> pages = match.module().manifest().pages();
		return pages.stream()
			.filter((page) -> !page.path().contains("{") && match.page().path().startsWith(page.path() + "/"))
			.filter((page) -> visitor.signedIn().has(page.requires()))
			.max(Comparator.comparingInt((page) -> page.path().length()));
	}

	private Failure forbidden(Visitor visitor, PageMatch match) {
		List<String> missing = match.page()
			.requires()
			.stream()
			.filter((name) -> !visitor.signedIn().has(List.of(name)))
			.toList();
		String contact = match.module().manifest().team().contact();
		return Failure
			.of("forbidden-page", HttpStatus.FORBIDDEN, visitor.texts().get("error.403"),
					visitor.texts()
						.get("error.403.why", match.module().title(visitor.locale()), String.join(", ", missing)))
			.ask(visitor.texts()
				.get("error.403.ask", (contact != null) ? contact : this.accessContact, visitor.path()));
	}

	private Failure switchedOff(Visitor visitor, LiveModule module) {
		String reason = Objects.requireNonNullElse(module.module().reason(), "-");
		return Failure
			.of("module-disabled", HttpStatus.SERVICE_UNAVAILABLE, visitor.texts().get("error.503"),
					visitor.texts().get("error.503.why", module.title(visitor.locale()), reason))
			.retry();
	}

}
