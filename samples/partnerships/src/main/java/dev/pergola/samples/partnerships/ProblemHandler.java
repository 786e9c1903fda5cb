package dev.pergola.samples.partnerships;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers each failure with a problem whose {@code type} never changes.
 */
@RestControllerAdvice
class ProblemHandler {

	private static final Log log = LogFactory.getLog(ProblemHandler.class);

	@ExceptionHandler
	ProblemDetail notFound(PartnershipNotFoundException ex, HttpServletRequest request) {
		return ProblemWriter.problem(request, HttpStatus.NOT_FOUND, "not-found", String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> stale(StalePartnershipException ex, HttpServletRequest request) {
		ProblemDetail problem = ProblemWriter.problem(request, HttpStatus.PRECONDITION_FAILED, "stale",
				String.valueOf(ex.getMessage()));
		problem.setProperty("current", ex.current());
		return ResponseEntity.of(problem).header("ETag", ex.current().entityTag()).build();
	}

	@ExceptionHandler
	ProblemDetail invalid(InvalidPartnershipException ex, HttpServletRequest request) {
		ProblemDetail problem = ProblemWriter.problem(request, HttpStatus.UNPROCESSABLE_CONTENT, "invalid",
				String.valueOf(ex.getMessage()));
		problem.setProperty("findings", ex.findings());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail unreadable(HttpMessageNotReadableException ex, HttpServletRequest request) {
		return ProblemWriter.problem(request, HttpStatus.BAD_REQUEST, "unreadable",
				"The body is not the JSON this address takes.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> other(Exception ex, HttpServletRequest request) {
		if (ex instanceof ErrorResponse known) {
			HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
			String name = status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
			ProblemDetail problem = ProblemWriter.problem(request, status, name,
					String.valueOf(known.getBody().getDetail()));
			return ResponseEntity.of(problem).headers(known.getHeaders()).build();
		}
		ProblemDetail problem = ProblemWriter.problem(request, HttpStatus.INTERNAL_SERVER_ERROR, "internal",
				"Something went wrong on our side.");
		log.error("Request failed, trace " + problem.getProperties(), ex);
		return ResponseEntity.of(problem).build();
	}

}
