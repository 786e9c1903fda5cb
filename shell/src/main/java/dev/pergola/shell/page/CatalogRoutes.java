package dev.pergola.shell.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.layout.Visitors;
import dev.pergola.shell.problem.Failure;
import dev.pergola.shell.problem.Problems;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /catalog} and {@code GET /importmap.json}: what the signed-in person may
 * open, and how it is loaded.
 */
public final class CatalogRoutes {

	private static final MediaType IMPORT_MAP = new MediaType("application", "importmap+json");

	private final Visitors visitors;

	private final Problems problems;

	private final JsonMapper json;

	/**
	 * The routes of the catalog.
	 * @param visitors knows whom a request is from
	 * @param problems answers when nobody is signed in
	 * @param json writes the catalog
	 */
	public CatalogRoutes(Visitors visitors, Problems problems, JsonMapper json) {
		this.visitors = visitors;
		this.problems = problems;
		this.json = json;
	}

	/**
	 * The routes.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/catalog", (request) -> answer(request, MediaType.APPLICATION_JSON, this::catalog))
			.GET("/importmap.json",
					(request) -> answer(request, IMPORT_MAP, (visitor) -> visitor.catalog().importMap()))
			.onError(Exception.class, this.problems::unforeseen)
			.build();
	}

	private String catalog(Visitor visitor) {
		return this.json.writeValueAsString(visitor.catalog().document().forSubject(visitor.signedIn().subject()));
	}

	private Mono<ServerResponse> answer(ServerRequest request, MediaType type, Function<Visitor, String> body) {
		return this.visitors.of(request).flatMap((visitor) -> {
			if (visitor.person() == null) {
				return this.problems.problem(request, Failure.of("sign-in-required", HttpStatus.UNAUTHORIZED,
						visitor.texts().get("error.401"), visitor.texts().get("error.401.why")));
			}
			String text = body.apply(visitor);
			String tag = '"' + Long.toString(visitor.catalog().revision()) + '-' + hash(text) + '"';
			boolean known = request.headers()
				.header(HttpHeaders.IF_NONE_MATCH)
				.stream()
				.anyMatch((seen) -> seen.contains(tag));
			ServerResponse.BodyBuilder answer = known ? ServerResponse.status(HttpStatus.NOT_MODIFIED)
					: ServerResponse.ok().contentType(type);
			// Revalidated each time, and by the person's own browser only.
			answer.eTag(tag)
				.cacheControl(CacheControl.noCache().cachePrivate())
				.header(HttpHeaders.VARY, "Cookie", "Accept-Language")
				.header("X-Content-Type-Options", "nosniff")
				.header("Cross-Origin-Resource-Policy", "same-origin");
			return known ? answer.build() : answer.bodyValue(text);
		});
	}

	private static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
