package dev.pergola.bridge.trace;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Joins runs to the traces of those who ask for them. A trace is recorded where its
 * caller says so and there is a collector.
 */
public final class Traces implements AutoCloseable {

	private static final Pattern HEADER = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

	private final @Nullable SdkTracerProvider provider;

	public Traces(TracingProperties properties) {
		URI endpoint = properties.endpoint();
		this.provider = (endpoint != null) ? provider(exporter(properties, endpoint)) : null;
	}

	/**
	 * @param processor takes the spans of runs
	 */
	public Traces(SpanProcessor processor) {
		this.provider = provider(processor);
	}

	/**
	 * Begins the span of a run.
	 * @param traceparent what the caller sent, as it came
	 */
	public RunTrace begin(@Nullable String traceparent, String runner, String team) {
		Matcher header = HEADER.matcher((traceparent != null) ? traceparent : "");
		if (!header.matches()) {
			return new RunTrace("", null);
		}
		boolean recorded = (Integer.parseInt(header.group(3), 16) & 1) == 1;
		if (this.provider == null || !recorded) {
			return new RunTrace(header.group(), null);
		}
		SpanContext caller = SpanContext.createFromRemoteParent(header.group(1), header.group(2),
				TraceFlags.getSampled(), TraceState.getDefault());
		Span span = this.provider.get("dev.pergola.bridge")
			.spanBuilder("run " + runner)
			.setSpanKind(SpanKind.SERVER)
			.setParent(Context.root().with(Span.wrap(caller)))
			.setAttribute("pergola.runner", runner)
			.setAttribute("pergola.team", team)
			.startSpan();
		return new RunTrace("00-" + header.group(1) + "-" + span.getSpanContext().getSpanId() + "-01", span);
	}

	@Override
	public void close() {
		if (this.provider != null) {
			this.provider.shutdown().join(2, TimeUnit.SECONDS);
		}
	}

	private static SpanProcessor exporter(TracingProperties properties, URI endpoint) {
		OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
			.setEndpoint(endpoint.toString())
			.setTimeout(properties.timeout());
		properties.headers().forEach(exporter::addHeader);
		return BatchSpanProcessor.builder(exporter.build())
			.setExporterTimeout(properties.timeout())
			.setMaxQueueSize(properties.maxQueue())
			.setMaxExportBatchSize(Math.min(512, properties.maxQueue()))
			.build();
	}

	private static SdkTracerProvider provider(SpanProcessor processor) {
		return SdkTracerProvider.builder()
			.setResource(Resource.getDefault()
				.merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "pergola-agent-bridge"))))
			.addSpanProcessor(processor)
			.build();
	}

}
