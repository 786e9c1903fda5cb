package dev.pergola.bff.metrics;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of metrics.
 *
 * @param histogram Whether times of calls are counted in buckets, so that percentiles can
 * be had; count, sum and maximum there are always.
 * @param buckets Upper ends of the buckets.
 * @param loopProbe Time between looks at how late an event loop is; zero for none.
 */
@ConfigurationProperties("pergola.bff.metrics")
public record MetricsProperties(@DefaultValue("false") boolean histogram, @DefaultValue( {
		"5ms", "10ms", "25ms", "50ms", "100ms", "250ms", "500ms", "1s", "2500ms", "5s", "10s" }) List<Duration> buckets,
		@DefaultValue("1s") Duration loopProbe){

	public MetricsProperties {
		buckets = List.copyOf(buckets);
		if (buckets.stream().anyMatch((each) -> each.isNegative() || each.isZero())) {
			throw new IllegalArgumentException("buckets: %s (expected: times above zero)".formatted(buckets));
		}
	}

}
