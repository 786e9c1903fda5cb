package dev.pergola.shell.console;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.shell.address.Forms;
import dev.pergola.shell.address.Uploads;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.layout.Visitors;
import dev.pergola.shell.problem.Failure;
import dev.pergola.shell.problem.Problems;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What every page of a console does: lets in one role only, shows what was done or
 * refused, and says when a service is away.
 *
 * @param operations runs of agents, at the bff
 * @param upstreams modules' services, at the bff
 * @param whole the last good catalog, shown while the registry is away
 */
public record Console(Visitors visitors, PageRenderer renderer, Problems problems, ServiceClient registry,
		ServiceClient operations, ServiceClient upstreams, Supplier<Catalog> whole, Forms forms, Uploads uploads) {

	/**
	 * Answers people of some roles.
	 * @param request the request
	 * @param roles roles that are let in
	 * @param answer what they get
	 * @return the answer, or 403 as a page
	 */
	public Mono<ServerResponse> forRoles(ServerRequest request, Set<String> roles,
			BiFunction<ServerRequest, Visitor, Mono<ServerResponse>> answer) {
		return this.visitors.of(request).flatMap((visitor) -> {
			if (visitor.person() == null) {
				return this.problems.signIn(request, visitor);
			}
			if (roles.stream().noneMatch(visitor::is)) {
				return this.problems.answer(request, visitor,
						Failure.of("forbidden-page", HttpStatus.FORBIDDEN, visitor.texts().get("error.403"),
								visitor.texts().get("error.403.why", visitor.path(), String.join(", ", roles))));
			}
			return answer.apply(request, visitor);
		});
	}

	/**
	 * Answers with a page of the console.
	 * @param request the request, whose {@code done} says what was done before
	 * @param visitor whom it is for
	 * @param view what stands in it
	 * @return the answer
	 */
	public Mono<ServerResponse> page(ServerRequest request, Visitor visitor, View view) {
		// What no text is there for is not repeated: an address can be anybody's.
		String done = request.queryParam("done").flatMap((what) -> visitor.texts().find("done." + what)).orElse("");
		return this.renderer.render(visitor, view.with("done", done));
	}

	/**
	 * Answers with a page that says why nothing was done.
	 * @param answer answer of the registry
	 * @param view the page
	 * @return the view, with status and complaints
	 */
	public static View refused(ServiceAnswer answer, View view) {
		HttpStatus status = switch (answer.status()) {
			case 0 -> HttpStatus.BAD_GATEWAY;
			case 400, 422 -> HttpStatus.UNPROCESSABLE_CONTENT;
			case 401, 403 -> HttpStatus.FORBIDDEN;
			case 404 -> HttpStatus.NOT_FOUND;
			case 409, 412 -> HttpStatus.CONFLICT;
			default -> HttpStatus.BAD_GATEWAY;
		};
		return view.status(status).with("complaints", answer.complaints());
	}

	/**
	 * Sends the browser to a page after a form was taken, so that reloading sends nothing
	 * again.
	 * @param path path with placeholders
	 * @param done what was done
	 * @param values values of the placeholders
	 * @return 303
	 */
	public static Mono<ServerResponse> done(String path, String done, Object... values) {
		URI location = UriComponentsBuilder.fromPath(path)
			.queryParam("done", done)
			.encode()
			.buildAndExpand(values)
			.toUri();
		return ServerResponse.seeOther(location).build();
	}

	/** A field of a form, without spaces around it; empty when it is missing. */
	public static String field(MultiValueMap<String, String> fields, String name) {
		List<String> values = fields.getOrDefault(name, List.of());
		return values.isEmpty() ? "" : values.getFirst().strip();
	}

}
