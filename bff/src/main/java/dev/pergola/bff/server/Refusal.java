package dev.pergola.bff.server;

import dev.pergola.bff.problem.Failure;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not read any further.
 *
 * @param detail in a sentence, the same for all requests of the kind
 */
record Refusal(Failure failure, String detail) {

	static final Refusal MALFORMED = malformed("The request is not as HTTP says.");

	static final Refusal TOO_LARGE = new Refusal(Failure.BODY_TOO_LARGE, "The body is too large.");

	static final Refusal TOO_SLOW = new Refusal(Failure.REQUEST_TIMEOUT, "The request took too long to come in.");

	static final Refusal TOO_MANY_HEADERS = new Refusal(Failure.HEADERS_TOO_LARGE, "There are too many headers.");

	private static final Refusal TOO_LARGE_HEADERS = new Refusal(Failure.HEADERS_TOO_LARGE,
			"The headers are too large.");

	private static final Refusal TOO_LONG_LINE = new Refusal(Failure.ADDRESS_TOO_LONG, "The address is too long.");

	static Refusal malformed(String detail) {
		return new Refusal(Failure.BAD_REQUEST, detail);
	}

	/** Of what a codec could not read the head of. */
	static Refusal of(@Nullable Throwable cause) {
		if (cause instanceof TooLongHttpLineException) {
			return TOO_LONG_LINE;
		}
		return (cause instanceof TooLongHttpHeaderException) ? TOO_LARGE_HEADERS : MALFORMED;
	}

}
