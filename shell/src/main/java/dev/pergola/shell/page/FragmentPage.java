package dev.pergola.shell.page;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.pergola.shell.address.Addresses;
import dev.pergola.shell.catalog.PageMatch;
import dev.pergola.shell.fragment.FragmentAddress;
import dev.pergola.shell.fragment.FragmentClient;
import dev.pergola.shell.fragment.FragmentResult;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.Texts;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.problem.Failure;
import dev.pergola.shell.problem.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Pages whose HTML a module's upstream writes.
 */
final class FragmentPage {

	private static final Pattern HEADING = Pattern.compile("<h1(?=[ >])");

	private static final Pattern HEADING_END = Pattern.compile("</h1>");

	private final PageRenderer renderer;

	private final Problems problems;

	private final FragmentClient client;

	FragmentPage(PageRenderer renderer, Problems problems, FragmentClient client) {
		this.renderer = renderer;
		this.problems = problems;
		this.client = client;
	}

	Mono<ServerResponse> render(ServerRequest request, Visitor visitor, PageMatch match, byte @Nullable [] form) {
		String path = Objects.requireNonNullElse(match.page().fragment(), match.page().path());
		FragmentAddress address = new FragmentAddress(match.module().name(), path, match.parameters(),
				request.uri().getRawQuery());
		return this.client.exchange(request.exchange(), address, form, visitor.locale())
			.flatMap((result) -> answer(request, visitor, match, result));
	}

	private Mono<ServerResponse> answer(ServerRequest request, Visitor visitor, PageMatch match,
			FragmentResult result) {
		return switch (result) {
			case FragmentResult.Html html -> this.renderer.render(visitor, view(visitor, match, html));
			case FragmentResult.Redirect redirect -> redirect(request, visitor, match, redirect.location());
			case FragmentResult.Missing missing -> this.problems.notFound(request, visitor);
			case FragmentResult.Refused refused -> this.problems.answer(request, visitor, refused(visitor, match));
			case FragmentResult.Unavailable unavailable ->
				this.problems.answer(request, visitor, unavailable(visitor, match, unavailable));
		};
	}

	/*
	 * A page has one h1: the fragment's own when it has exactly one, the portal's
	 * otherwise.
	 */
	private static View view(Visitor visitor, PageMatch match, FragmentResult.Html html) {
		View view = ModulePage.titled("fragment", visitor, match)
			.status(html.status())
			.with("module", match.module().name());
		if (HEADING.matcher(html.html()).results().count() == 1) {
			return view.ownHeading().with("html", html.html());
		}
		String without = HEADING.matcher(html.html()).replaceAll("<h2");
		return view.with("html", HEADING_END.matcher(without).replaceAll("</h2>"));
	}

	private Mono<ServerResponse> redirect(ServerRequest request, Visitor visitor, PageMatch match, String location) {
		if (!location.startsWith("/") || !Addresses.isPageOfModule(location)) {
			return this.problems.answer(request, visitor,
					unavailable(visitor, match, new FragmentResult.Unavailable("upstream.type", 0)));
		}
		return ServerResponse.seeOther(URI.create(location)).build();
	}

	private static Failure refused(Visitor visitor, PageMatch match) {
		Texts texts = visitor.texts();
		String title = match.module().title(visitor.locale());
		return Failure.of("forbidden-page", HttpStatus.FORBIDDEN, texts.get("error.403"),
				texts.get("error.403.service", title));
	}

	private static Failure unavailable(Visitor visitor, PageMatch match, FragmentResult.Unavailable unavailable) {
		Texts texts = visitor.texts();
		String reason = texts.get(unavailable.reason(), unavailable.status());
		HttpStatus status = unavailable.reason().equals("upstream.slow") ? HttpStatus.GATEWAY_TIMEOUT
				: HttpStatus.BAD_GATEWAY;
		return Failure
			.of("upstream-unavailable", status, texts.get("error.502"),
					texts.get("error.502.why", match.module().title(visitor.locale()), reason))
			.retry();
	}

}
