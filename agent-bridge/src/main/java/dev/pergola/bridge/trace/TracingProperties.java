package dev.pergola.bridge.trace;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of spans. Which traces are recorded the caller decides.
 *
 * @param endpoint Address of a collector that takes OTLP over HTTP; nothing is recorded
 * where missing.
 * @param headers Headers of requests to the collector, such as a key.
 * @param timeout Longest request to the collector.
 * @param maxQueue Number of spans that wait for the collector; further ones are dropped.
 */
@Validated
@ConfigurationProperties("pergola.agent-bridge.tracing")
public record TracingProperties(@Nullable URI endpoint, @DefaultValue Map<String, String> headers,
		@DefaultValue("5s") Duration timeout, @DefaultValue("2048") @Positive int maxQueue) {

	public TracingProperties {
		headers = Map.copyOf(headers);
	}

}
