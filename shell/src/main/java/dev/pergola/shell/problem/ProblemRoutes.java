package dev.pergola.shell.problem;

import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitors;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /problems} and {@code GET /problems/{name}}: where the {@code type} of a
 * problem leads.
 */
public final class ProblemRoutes {

	private final ProblemTypes types;

	private final Visitors visitors;

	private final PageRenderer renderer;

	private final Problems problems;

	/**
	 * The routes.
	 * @param types what each type means
	 * @param visitors knows whom a request is from
	 * @param renderer draws the pages
	 * @param problems says that there is no such type
	 */
	public ProblemRoutes(ProblemTypes types, Visitors visitors, PageRenderer renderer, Problems problems) {
		this.types = types;
		this.visitors = visitors;
		this.renderer = renderer;
		this.problems = problems;
	}

	/**
	 * The routes.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/problems", this::list)
			.GET("/problems/{name}", this::one)
			.onError(Exception.class, this.problems::unforeseen)
			.build();
	}

	private Mono<ServerResponse> list(ServerRequest request) {
		return this.visitors.of(request)
			.flatMap((visitor) -> this.renderer.render(visitor, View.of("problems", "Problems")
				.with("types",
						this.types.names().stream().flatMap((name) -> this.types.find(name).stream()).toList())));
	}

	private Mono<ServerResponse> one(ServerRequest request) {
		return this.visitors.of(request)
			.flatMap((visitor) -> this.types.find(request.pathVariable("name"))
				.map((type) -> this.renderer.render(visitor,
						View.of("problem", type.title()).crumb("Problems", "/problems").with("type", type)))
				.orElseGet(() -> this.problems.notFound(request, visitor)));
	}

}
