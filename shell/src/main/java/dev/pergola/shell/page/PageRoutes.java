package dev.pergola.shell.page;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import dev.pergola.shell.address.Addresses;
import dev.pergola.shell.address.Forms;
import dev.pergola.shell.catalog.PageMatch;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.layout.Visitors;
import dev.pergola.shell.person.Appearance;
import dev.pergola.shell.problem.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseCookie;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.POST;

/**
 * {@code GET /}, {@code GET /search}, {@code GET /assistant},
 * {@code POST /preferences/appearance}, and pages of modules on every address no other
 * part owns.
 */
public final class PageRoutes {

	private final Visitors visitors;

	private final Problems problems;

	private final HomePage home;

	private final FinderPages finder;

	private final ModulePage modules;

	private final Forms forms;

	/**
	 * The routes of pages.
	 * @param visitors knows whom a request is from
	 * @param problems says why there is no page
	 * @param parts what draws the pages
	 * @param forms reads forms
	 */
	public PageRoutes(Visitors visitors, Problems problems, PageParts parts, Forms forms) {
		this.visitors = visitors;
		this.problems = problems;
		this.home = new HomePage(parts.renderer());
		this.finder = new FinderPages(parts.renderer());
		this.modules = new ModulePage(parts.renderer(), problems, parts.json(), parts.fragments(),
				parts.accessContact());
		this.forms = forms;
	}

	/**
	 * The routes, for a mapping behind every other one.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		RequestPredicate free = (request) -> !Addresses.isOwned(request.path());
		return RouterFunctions.route()
			.GET("/", (request) -> signedIn(request, this.home::render))
			.GET("/search", (request) -> signedIn(request, (visitor) -> this.finder.search(visitor, query(request))))
			.GET("/assistant", (request) -> signedIn(request, this.finder::assistant))
			.POST("/preferences/appearance", this::appearance)
			.route(GET("/**").and(free), (request) -> page(request, null))
			.route(POST("/**").and(free), (request) -> this.forms.bytes(request).flatMap((form) -> page(request, form)))
			.onError(Exception.class, this.problems::unforeseen)
			.build();
	}

	private static String query(ServerRequest request) {
		return request.queryParam("q").orElse("").strip();
	}

	private Mono<ServerResponse> page(ServerRequest request, byte @Nullable [] form) {
		return this.visitors.of(request).flatMap((visitor) -> {
			if (visitor.person() == null) {
				return signIn(request);
			}
			Optional<PageMatch> match = visitor.catalog().pages().find(request.requestPath().pathWithinApplication());
			return match.map((page) -> this.modules.render(request, visitor, page, form))
				.orElseGet(() -> this.problems.notFound(request, visitor));
		});
	}

	private Mono<ServerResponse> signedIn(ServerRequest request, Function<Visitor, Mono<ServerResponse>> answer) {
		return this.visitors.of(request)
			.flatMap((visitor) -> (visitor.person() != null) ? answer.apply(visitor) : signIn(request));
	}

	// The session part sends people to sign in before they get here; this is the second
	// lock.
	private Mono<ServerResponse> signIn(ServerRequest request) {
		return this.visitors.of(request).flatMap((visitor) -> this.problems.signIn(request, visitor));
	}

	private Mono<ServerResponse> appearance(ServerRequest request) {
		return this.forms.fields(request).flatMap((fields) -> {
			Appearance wanted = new Appearance(fields.getFirst("theme"), fields.getFirst("density"));
			ServerResponse.BodyBuilder answer = ServerResponse.seeOther(URI.create(back(fields)));
			if (fields.containsKey("theme")) {
				answer.cookie(cookie(request, Appearance.THEME_COOKIE, wanted.theme()));
			}
			if (fields.containsKey("density")) {
				answer.cookie(cookie(request, Appearance.DENSITY_COOKIE, wanted.density()));
			}
			return answer.build();
		});
	}

	private static String back(MultiValueMap<String, String> fields) {
		String back = Objects.requireNonNullElse(fields.getFirst("back"), "/");
		return back.startsWith("/") && Addresses.isLocal(back) ? back : "/";
	}

	// Scripts read it too, to follow a change in another tab; it holds no secret.
	private static ResponseCookie cookie(ServerRequest request, String name, @Nullable String value) {
		return ResponseCookie.from(name, (value != null) ? value : "")
			.path("/")
			.sameSite("Lax")
			.secure("https".equals(request.uri().getScheme()))
			.maxAge((value != null) ? Duration.ofDays(365) : Duration.ZERO)
			.build();
	}

}
