package dev.pergola.bff.limits;

import java.util.List;
import java.util.Objects;

import dev.pergola.bff.caller.Callers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires limits. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
public class LimitsConfiguration {

	@Bean
	@ConditionalOnProperty("pergola.bff.limits.redis.url")
	RedisBuckets bffSharedLimits(LimitProperties properties) {
		String url = Objects.requireNonNull(properties.redis().url());
		RedisBuckets buckets = new RedisBuckets(properties.redis(), url, System::nanoTime);
		buckets.start();
		return buckets;
	}

	@Bean
	Limits bffLimits(LimitProperties properties, ObjectProvider<RedisBuckets> redis) {
		return new Limits(properties, System::nanoTime, redis.getIfAvailable());
	}

	@Bean
	LimitFilter bffLimitFilter(Limits limits, Callers callers) {
		return new LimitFilter(limits, callers);
	}

	@Bean
	@ConditionalOnBean(RedisBuckets.class)
	MeterBinder bffSharedLimitMeters(RedisBuckets redis) {
		return (registry) -> {
			FunctionCounter.builder("pergola.bff.limits.redis.rounds", redis, RedisBuckets::rounds)
				.description("Rounds in which Redis was told what was taken")
				.tag("outcome", "ok")
				.register(registry);
			FunctionCounter.builder("pergola.bff.limits.redis.rounds", redis, RedisBuckets::failedRounds)
				.description("Rounds in which Redis was told what was taken")
				.tag("outcome", "failed")
				.register(registry);
		};
	}

	@Bean
	MeterBinder bffLimitMeters(Limits limits) {
		return (registry) -> {
			Gauge.builder("pergola.bff.limits.away", limits, (all) -> all.isAlone() ? 1 : 0)
				.description("Whether this process counts for itself although it is to count with others")
				.register(registry);
			Gauge.builder("pergola.bff.limits.buckets", limits, Limits::size)
				.description("Buckets of limits in memory")
				.register(registry);
			List.of(LimitKind.values())
				.forEach((kind) -> FunctionCounter
					.builder("pergola.bff.limits.refused", limits, (all) -> all.refused(kind))
					.description("Calls that were refused as too many")
					.tag("limit", kind.label())
					.register(registry));
		};
	}

}
