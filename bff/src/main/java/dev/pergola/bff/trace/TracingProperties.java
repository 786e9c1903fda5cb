package dev.pergola.bff.trace;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of tracing.
 *
 * @param endpoint Address spans are sent to with OTLP over HTTP, such as
 * {@code http://collector:4318/v1/traces}; nothing is recorded without one.
 * @param headers Headers that go along, such as a key of the collector.
 * @param ratio Share of requests that are recorded, 0 to 1.
 * @param followClient Whether a request is recorded when its {@code traceparent} says so,
 * and not by chance; for a bff behind another edge.
 * @param timeout Time the collector has for a batch.
 * @param delay Time spans are gathered before they are sent.
 * @param maxQueue Number of spans that wait; more are left out.
 */
@Validated
@ConfigurationProperties("pergola.bff.tracing")
public record TracingProperties(@Nullable URI endpoint, @DefaultValue Map<String, String> headers,
		@DefaultValue("0.05") @DecimalMin("0") @DecimalMax("1") double ratio,
		@DefaultValue("false") boolean followClient, @DefaultValue("5s") Duration timeout,
		@DefaultValue("2s") Duration delay, @DefaultValue("4096") int maxQueue) {

	public TracingProperties {
		endpoint = (endpoint != null && endpoint.toString().isBlank()) ? null : endpoint;
		headers = Map.copyOf(headers);
		if (endpoint != null && (endpoint.getScheme() == null || !endpoint.getScheme().matches("https?"))) {
			throw new IllegalArgumentException("endpoint: %s (expected: http or https)".formatted(endpoint));
		}
	}

}
