package dev.pergola.registry.web;

import java.io.IOException;
import java.util.Locale;

import dev.pergola.registry.archive.BundleTooLargeException;
import dev.pergola.registry.bundle.ContentDamagedException;
import dev.pergola.registry.caller.AdministratorNeededException;
import dev.pergola.registry.caller.NotYourTeamException;
import dev.pergola.registry.catalog.TooManyWatchersException;
import dev.pergola.registry.guard.NotStoppedException;
import dev.pergola.registry.health.TooManyReportsException;
import dev.pergola.registry.module.SwitchedOffException;
import dev.pergola.registry.navigation.MergeView;
import dev.pergola.registry.navigation.NavigationConflictException;
import dev.pergola.registry.navigation.NavigationRefusedException;
import dev.pergola.registry.publish.PublishRefusedException;
import dev.pergola.registry.publish.UploadTooSlowException;
import dev.pergola.registry.publish.VersionExistsException;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.MalformedBodyException;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.request.PreconditionMissingException;
import dev.pergola.registry.request.StaleStateException;
import dev.pergola.registry.schedule.PlanOverException;
import dev.pergola.registry.team.TooManyFailuresException;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.server.ResponseStatusException;

/**
 * The problem each exception is answered with. Class names, SQL and addresses stay out of
 * it.
 */
final class Problems {

	private Problems() {
	}

	static Problem of(Throwable failure) {
		String detail = String.valueOf(failure.getMessage());
		return switch (failure) {
			case PublishRefusedException ex -> Problem.of(422, "publish-refused", detail).withFindings(ex.findings());
			case InvalidRequestException ex -> Problem.of(422, "invalid-request", detail).withFindings(ex.findings());
			case MalformedBodyException ex -> Problem.of(400, "malformed-body", detail);
			case PlanOverException ex -> Problem.of(409, "plan-over", detail);
			case VersionExistsException ex -> Problem.of(409, "version-exists", detail);
			case ContentDamagedException ex -> Problem.of(500, "content-damaged", detail);
			case BundleTooLargeException ex -> Problem.of(413, "bundle-too-large", detail);
			case UploadTooSlowException ex -> Problem.of(408, "upload-too-slow", detail);
			case NotFoundException ex -> Problem.of(404, ex.what() + "-not-found", detail);
			case AdministratorNeededException ex -> Problem.of(403, "forbidden", detail);
			case NotYourTeamException ex -> Problem.of(403, "not-your-team", detail);
			case TooManyWatchersException ex ->
				Problem.of(503, "too-many-watchers", detail).withHeader("Retry-After", "5");
			case SwitchedOffException ex -> Problem.of(403, "switched-off", detail);
			case PreconditionMissingException ex -> Problem.of(428, "precondition-required", detail);
			case StaleStateException ex -> Problem.of(412, "stale", detail)
				.with("current", ex.current())
				.withHeader("ETag", IfMatch.tag(ex.revision()));
			case NotStoppedException ex -> Problem.of(409, "guard-not-stopped", detail);
			case TooManyReportsException ex ->
				Problem.of(429, "too-many-reports", detail).withHeader("Retry-After", "60");
			case NavigationRefusedException ex ->
				Problem.of(422, "navigation-refused", detail).with("findings", ex.findings());
			case NavigationConflictException ex -> conflict(detail, ex.view());
			case AccessDeniedException ex -> Problem.of(403, "forbidden", "this caller may not do that");
			case AuthenticationException ex -> unauthenticated(ex);
			case TransientDataAccessException ex -> unavailable();
			case DataAccessResourceFailureException ex -> unavailable();
			case CannotCreateTransactionException ex -> unavailable();
			case DataBufferLimitException ex -> Problem.of(413, "body-too-large", "the body is too large");
			case ResponseStatusException ex when ex.getStatusCode().is4xxClientError() -> status(ex);
			case RuntimeException ex when isDiskFull(ex) ->
				Problem.of(507, "storage-full", "the registry has no room left");
			default -> Problem.of(500, "internal-error", "the registry failed; the log has more under the trace id");
		};
	}

	private static Problem conflict(String detail, MergeView view) {
		return Problem.of(412, "stale", detail)
			.with("current", view.theirs())
			.with("base", view.base())
			.with("theirs", view.theirs())
			.with("yours", view.yours())
			.with("merged", view.merged())
			.with("conflicts", view.conflicts())
			.withHeader("ETag", IfMatch.tag(view.live()));
	}

	private static Problem unauthenticated(AuthenticationException failure) {
		return switch (failure) {
			case TooManyFailuresException ex ->
				Problem.of(429, "too-many-failures", "too many wrong tokens from this address")
					.withHeader("Retry-After", "60");
			case AuthenticationServiceException ex ->
				Problem.of(503, "issuer-unavailable", "access tokens cannot be checked now")
					.withHeader("Retry-After", "5");
			default -> Problem.of(401, "unauthenticated", "this needs a session or a valid token")
				.withHeader("WWW-Authenticate", "Bearer");
		};
	}

	/** The JDK tells a full disk by the system's text alone. */
	private static boolean isDiskFull(Throwable failure) {
		Throwable cause = failure;
		for (int i = 0; cause != null && i < 8; i++) {
			String message = String.valueOf(cause.getMessage());
			if (cause instanceof IOException
					&& (message.contains("No space left on device") || message.contains("Disk quota exceeded"))) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private static Problem unavailable() {
		return Problem.of(503, "registry-unavailable", "the registry's database does not answer")
			.withHeader("Retry-After", "5");
	}

	private static Problem status(ResponseStatusException failure) {
		if (failure.getCause() instanceof DataBufferLimitException cause) {
			return of(cause);
		}
		HttpStatus status = HttpStatus.resolve(failure.getStatusCode().value());
		String reason = (status != null) ? status.getReasonPhrase() : "Refused";
		String detail = (failure.getReason() != null) ? failure.getReason() : reason;
		Problem problem = Problem.of(failure.getStatusCode().value(), reason.toLowerCase(Locale.ROOT).replace(' ', '-'),
				detail);
		problem.headers().addAll(failure.getHeaders());
		return problem;
	}

}
