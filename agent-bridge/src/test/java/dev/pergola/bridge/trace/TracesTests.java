package dev.pergola.bridge.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-28")
class TracesTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String CALLER = "00f067aa0ba902b7";

	private final Collected collected = new Collected(new ArrayList<>());

	private final Traces traces = new Traces(SimpleSpanProcessor.create(this.collected));

	@Test
	void aRunIsASpanUnderItsCallersAndAProgramsParent() {
		RunTrace trace = this.traces.begin("00-" + TRACE + "-" + CALLER + "-01", "scout", "sales");
		trace.end("failed", "AGENT_EXIT");
		assertThat(this.collected.spans()).singleElement().satisfies((span) -> {
			assertThat(span.getTraceId()).isEqualTo(TRACE);
			assertThat(span.getParentSpanId()).isEqualTo(CALLER);
			assertThat(trace.variable())
				.isEqualTo(Map.of("TRACEPARENT", "00-" + TRACE + "-" + span.getSpanId() + "-01"));
			assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("AGENT_EXIT");
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		});
	}

	@Test
	void whatTheCallerDoesNotRecordIsPassedOnAsItCame() {
		String header = "00-" + TRACE + "-" + CALLER + "-00";
		RunTrace trace = this.traces.begin(header, "scout", "sales");
		trace.end("succeeded", "");
		assertThat(trace.variable()).isEqualTo(Map.of("TRACEPARENT", header));
		assertThat(this.collected.spans()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00-x-y-01", "00-" + TRACE + "-" + CALLER + "-01\nEVIL=1" })
	void whatIsNoTraceIsNotPassedOn(String header) {
		assertThat(this.traces.begin(header, "scout", "").variable()).isEmpty();
	}

	/** Keeps what is exported. */
	private record Collected(List<SpanData> spans) implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> more) {
			this.spans.addAll(more);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
