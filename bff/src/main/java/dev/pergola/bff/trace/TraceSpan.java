package dev.pergola.bff.trace;

import org.jspecify.annotations.Nullable;

/** One step of a trace. */
public interface TraceSpan {

	/** Trace this is a step of: 32 lower-case hexadecimal digits. */
	String traceId();

	/** Value of {@code traceparent} for what is called because of this step. */
	String header();

	/**
	 * A call that is made within this step.
	 * @param method of HTTP
	 * @param module whose upstream is called
	 */
	TraceSpan call(String method, String module);

	/**
	 * Ends the step; a second end is none.
	 * @param status of HTTP, 0 where none came
	 * @param error kind of failure, {@code null} for none
	 */
	void end(int status, @Nullable String error);

}
