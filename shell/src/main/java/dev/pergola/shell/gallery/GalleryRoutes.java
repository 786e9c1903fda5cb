package dev.pergola.shell.gallery;

import java.util.Optional;

import dev.pergola.shell.assets.Assets;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.layout.Visitors;
import dev.pergola.shell.problem.Problems;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /design/**}: the gallery, for everybody who is signed in.
 */
public final class GalleryRoutes {

	private final Gallery gallery;

	private final Assets assets;

	private final Visitors visitors;

	private final PageRenderer renderer;

	private final Problems problems;

	/**
	 * The routes of a gallery.
	 * @param gallery its pages
	 * @param assets files it loads
	 * @param visitors knows whom a request is from
	 * @param renderer draws the pages
	 * @param problems says that there is no such page
	 */
	public GalleryRoutes(Gallery gallery, Assets assets, Visitors visitors, PageRenderer renderer, Problems problems) {
		this.gallery = gallery;
		this.assets = assets;
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
			.GET("/design", (request) -> show(request, "index"))
			.GET("/design/", (request) -> show(request, "index"))
			.GET("/design/{name}", (request) -> show(request, request.pathVariable("name")))
			.onError(Exception.class, this.problems::unforeseen)
			.build();
	}

	private Mono<ServerResponse> show(ServerRequest request, String name) {
		return this.visitors.of(request).flatMap((visitor) -> {
			if (visitor.person() == null) {
				return this.problems.signIn(request, visitor);
			}
			Optional<Gallery.Entry> entry = this.gallery.find(name);
			return entry.map((page) -> this.renderer.render(visitor, view(visitor, page)))
				.orElseGet(() -> this.problems.notFound(request, visitor));
		});
	}

	private View view(Visitor visitor, Gallery.Entry entry) {
		String section = visitor.texts().get("design");
		View view = View.of("gallery", entry.title()).section(section).with("here", entry.name());
		view.with("html", entry.html()).with("entries", this.gallery.all());
		this.assets.find("design/gallery.js").ifPresent((file) -> view.script(this.assets.url(file.path())));
		return entry.name().equals("index") ? view : view.crumb(section, "/design");
	}

}
