package dev.pergola.bff.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * A step that is sent to the collector. Its attributes come from fixed lists and from the
 * catalog: no path, query, header or address is among them.
 */
final class RecordedSpan implements TraceSpan {

	private final Tracer tracer;

	private final Span span;

	RecordedSpan(Tracer tracer, Span span) {
		this.tracer = tracer;
		this.span = span;
	}

	@Override
	public String traceId() {
		return this.span.getSpanContext().getTraceId();
	}

	@Override
	public String header() {
		return "00-" + traceId() + "-" + this.span.getSpanContext().getSpanId() + "-01";
	}

	@Override
	public TraceSpan call(String method, String module) {
		Span child = this.tracer.spanBuilder(method + " " + module)
			.setSpanKind(SpanKind.CLIENT)
			.setParent(Context.root().with(this.span))
			.setAttribute("http.request.method", method)
			.setAttribute("pergola.module", module)
			.startSpan();
		return new RecordedSpan(this.tracer, child);
	}

	@Override
	public void end(int status, @Nullable String error) {
		if (status > 0) {
			this.span.setAttribute("http.response.status_code", status);
		}
		if (error != null) {
			this.span.setAttribute("error.type", error);
			this.span.setStatus(StatusCode.ERROR);
		}
		this.span.end();
	}

}
