package dev.pergola.bridge.trace;

import java.util.Map;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * The trace a run belongs to.
 *
 * @param header W3C trace context for what the run starts; empty where the caller has
 * none
 * @param span The run's own; {@code null} where none is recorded.
 */
public record RunTrace(String header, @Nullable Span span) {

	/** The variable by which a program joins the trace. */
	public Map<String, String> variable() {
		return this.header.isEmpty() ? Map.of() : Map.of("TRACEPARENT", this.header);
	}

	/**
	 * Ends the run's span.
	 * @param outcome the run's last state, in small letters
	 * @param code why it failed; empty where it did not
	 */
	public void end(String outcome, String code) {
		if (this.span == null) {
			return;
		}
		this.span.setAttribute("pergola.outcome", outcome);
		if (!code.isEmpty()) {
			this.span.setAttribute("error.type", code);
			this.span.setStatus(StatusCode.ERROR);
		}
		this.span.end();
	}

}
