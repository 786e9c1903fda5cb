package dev.pergola.bff.trace;

import org.jspecify.annotations.Nullable;

/**
 * A step nobody records: all there is of it is the header.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param header value of {@code traceparent}
 */
public record UnrecordedSpan(String traceId, String header) implements TraceSpan {

	@Override
	public TraceSpan call(String method, String module) {
		return this;
	}

	@Override
	public void end(int status, @Nullable String error) {
		// Nobody asks.
	}

}
