package dev.pergola.shell.problem;

import java.net.URI;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.session.ProviderUnavailableException;
import dev.pergola.session.SignInRequiredException;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.Texts;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import dev.pergola.shell.layout.Visitors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers with failures.
 */
public final class Problems {

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private static final Pattern TRACE = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

	private final Visitors visitors;

	private final PageRenderer renderer;

	/**
	 * Answers in the portal's layout.
	 * @param visitors knows whom a request is from
	 * @param renderer draws the page
	 */
	public Problems(Visitors visitors, PageRenderer renderer) {
		this.visitors = visitors;
		this.renderer = renderer;
	}

	/**
	 * Answers with a failure: a page, or a problem when the client asks for JSON.
	 * @param request what was asked
	 * @param visitor who asked
	 * @param failure what to say
	 * @return the answer
	 */
	public Mono<ServerResponse> answer(ServerRequest request, Visitor visitor, Failure failure) {
		String traceId = traceId(request);
		return wantsJson(request) ? problem(request, failure) : page(request, visitor, failure, traceId);
	}

	/**
	 * Answers that nothing is at the address.
	 * @param request what was asked
	 * @param visitor who asked
	 * @return the answer
	 */
	public Mono<ServerResponse> notFound(ServerRequest request, Visitor visitor) {
		Texts texts = visitor.texts();
		return answer(request, visitor, Failure.of("not-found", HttpStatus.NOT_FOUND, texts.get("error.404"),
				texts.get("error.404.why", visitor.path())));
	}

	/**
	 * Answers that nobody is signed in.
	 * @param request what was asked
	 * @param visitor nobody
	 * @return the answer
	 */
	public Mono<ServerResponse> signIn(ServerRequest request, Visitor visitor) {
		return answer(request, visitor, Failure.of("sign-in-required", HttpStatus.UNAUTHORIZED,
				visitor.texts().get("error.401"), visitor.texts().get("error.401.why")));
	}

	/**
	 * Answers that a form was sent from elsewhere.
	 * @param request what was asked
	 * @return the answer
	 */
	public Mono<ServerResponse> forged(ServerRequest request) {
		return this.visitors.of(request).flatMap((visitor) -> {
			Texts texts = visitor.texts();
			return answer(request, visitor, Failure.of("anti-forgery", HttpStatus.FORBIDDEN, texts.get("error.400"),
					texts.get("error.forged")));
		});
	}

	/**
	 * Answers after an error: a session that is over, an identity provider that is away,
	 * a form that is too large. Any other is logged with the number the person sees.
	 * @param error what happened
	 * @param request what was asked
	 * @return the answer
	 */
	public Mono<ServerResponse> unforeseen(Throwable error, ServerRequest request) {
		return this.visitors.of(request).flatMap((visitor) -> switch (error) {
			case SignInRequiredException ex -> signIn(request, visitor);
			case ProviderUnavailableException ex -> answer(request, visitor, providerAway(visitor.texts()));
			case DataBufferLimitException ex -> answer(request, visitor, tooLarge(visitor.texts()));
			default -> internal(error, request, visitor);
		});
	}

	private Mono<ServerResponse> internal(Throwable error, ServerRequest request, Visitor visitor) {
		logger.error("page failed path={} traceId={}", request.path(), traceId(request), error);
		Texts texts = visitor.texts();
		return answer(request, visitor,
				Failure
					.of("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, texts.get("error.500"),
							texts.get("error.500.why"))
					.retry());
	}

	private static Failure tooLarge(Texts texts) {
		return Failure.of("form-too-large", HttpStatus.CONTENT_TOO_LARGE, texts.get("error.400"),
				texts.get("error.large"));
	}

	private static Failure providerAway(Texts texts) {
		return Failure
			.of("sign-in-unavailable", HttpStatus.SERVICE_UNAVAILABLE, texts.get("error.provider"),
					texts.get("error.provider.why"))
			.retry();
	}

	private Mono<ServerResponse> page(ServerRequest request, Visitor visitor, Failure failure, String traceId) {
		View view = View.of("error", failure.title())
			.status(failure.status())
			.with("problem", failure.name())
			.with("severe", failure.status().is5xxServerError() && failure.status() != HttpStatus.SERVICE_UNAVAILABLE)
			.with("icon", icon(failure.status()))
			.with("why", failure.why())
			.with("traceId", traceId);
		if (failure.ask() != null) {
			view.with("ask", failure.ask());
		}
		if (failure.mayRetry()) {
			view.with("retry", addressOf(request));
		}
		return this.renderer.render(visitor, view);
	}

	/**
	 * Answers a program with a failure.
	 * @param request what was asked
	 * @param failure what to say
	 * @return a problem as RFC 9457 says
	 */
	public Mono<ServerResponse> problem(ServerRequest request, Failure failure) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(failure.status(), failure.why());
		problem.setType(URI.create("/problems/" + failure.name()));
		problem.setTitle(failure.title());
		problem.setInstance(URI.create(request.uri().getRawPath()));
		problem.setProperty("traceId", traceId(request));
		return ServerResponse.status(failure.status())
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.cacheControl(CacheControl.noStore())
			.bodyValue(problem);
	}

	private static String addressOf(ServerRequest request) {
		String query = request.uri().getRawQuery();
		return request.uri().getRawPath() + ((query != null) ? "?" + query : "");
	}

	private static String icon(HttpStatus status) {
		return switch (status) {
			case FORBIDDEN, UNAUTHORIZED -> "lock";
			case NOT_FOUND -> "map-pin";
			case SERVICE_UNAVAILABLE -> "power";
			case BAD_GATEWAY, GATEWAY_TIMEOUT -> "plug";
			default -> "alert-triangle";
		};
	}

	private static boolean wantsJson(ServerRequest request) {
		boolean html = false;
		for (MediaType type : request.headers().accept()) {
			html |= type.getSubtype().contains("html") || type.isWildcardType();
			if (!html && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The trace a request belongs to.
	 * @param request the request
	 * @return 32 hexadecimal digits: what {@code traceparent} says, else a new one that
	 * stays the same for this request
	 */
	public static String traceId(ServerRequest request) {
		Object known = request.attributes().get(Problems.class.getName());
		if (known instanceof String traceId) {
			return traceId;
		}
		String traceId = fromHeader(request.headers().firstHeader("traceparent"));
		request.attributes().put(Problems.class.getName(), traceId);
		return traceId;
	}

	private static String fromHeader(@Nullable String traceparent) {
		Matcher matcher = TRACE.matcher((traceparent != null) ? traceparent : "");
		if (matcher.matches()) {
			return matcher.group(1);
		}
		byte[] bytes = new byte[16];
		ThreadLocalRandom.current().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
