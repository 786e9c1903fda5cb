package dev.pergola.bff.trace;

import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are recorded, at the edge and once: whoever is called is told by
 * the header. Spans are handed to a queue of the OpenTelemetry SDK, which has a bound and
 * a thread of its own; nothing is kept in thread-locals or in Reactor's context.
 */
public final class Tracing implements AutoCloseable {

	private final TracingProperties properties;

	private final @Nullable SdkTracerProvider provider;

	private final @Nullable Tracer tracer;

	/**
	 * Starts nothing where the settings name no endpoint.
	 * @param service name of this process, as the collector shows it
	 */
	public Tracing(TracingProperties properties, String service) {
		this.properties = properties;
		URI endpoint = properties.endpoint();
		this.provider = (endpoint != null) ? provider(properties, endpoint, service) : null;
		this.tracer = (this.provider != null) ? this.provider.get("dev.pergola.bff") : null;
	}

	/** Whether anything is recorded at all. */
	public boolean isOn() {
		return this.tracer != null;
	}

	/**
	 * The span of a request, if it is recorded.
	 * @param arrival what the span says
	 * @param traceId of the client
	 * @param parentId span of the client, {@code null} when there is none; the trace is a
	 * new one then
	 * @param asked whether the client says that it is recorded
	 * @return {@code null} when it is not recorded
	 */
	public @Nullable TraceSpan begin(Step arrival, String traceId, @Nullable String parentId, boolean asked) {
		Tracer open = this.tracer;
		if (open == null || !isSampled(parentId, asked)) {
			return null;
		}
		Context parent = Context.root();
		if (parentId != null) {
			parent = parent.with(Span.wrap(SpanContext.createFromRemoteParent(traceId, parentId,
					TraceFlags.getSampled(), TraceState.getDefault())));
		}
		Span span = open.spanBuilder(arrival.method() + " " + arrival.route())
			.setSpanKind(SpanKind.SERVER)
			.setParent(parent)
			.setAttribute("http.request.method", arrival.method())
			.setAttribute("http.route", arrival.route())
			.setAttribute("pergola.module", arrival.module())
			.setAttribute("pergola.team", arrival.team())
			.startSpan();
		return new RecordedSpan(open, span);
	}

	@Override
	public void close() {
		if (this.provider != null) {
			this.provider.shutdown().join(2, TimeUnit.SECONDS);
		}
	}

	// By chance and not by the trace id, which the client chooses.
	private boolean isSampled(@Nullable String parentId, boolean asked) {
		if (this.properties.followClient() && parentId != null) {
			return asked;
		}
		return ThreadLocalRandom.current().nextDouble() < this.properties.ratio();
	}

	private static SdkTracerProvider provider(TracingProperties properties, URI endpoint, String service) {
		OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
			.setEndpoint(endpoint.toString())
			.setCompression("gzip")
			.setTimeout(properties.timeout());
		properties.headers().forEach(exporter::addHeader);
		return SdkTracerProvider.builder()
			.setSampler(Sampler.alwaysOn())
			.setResource(Resource.getDefault()
				.merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service))))
			.addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
				.setScheduleDelay(properties.delay())
				.setExporterTimeout(properties.timeout())
				.setMaxQueueSize(properties.maxQueue())
				.setMaxExportBatchSize(Math.min(512, properties.maxQueue()))
				.build())
			.build();
	}

	/**
	 * What is said of a request.
	 *
	 * @param route kind of route, such as {@code /api/}
	 * @param module from the catalog, or {@code none}
	 * @param team from the catalog, or {@code none}
	 */
	public record Step(String method, String route, String module, String team) {

	}

}
