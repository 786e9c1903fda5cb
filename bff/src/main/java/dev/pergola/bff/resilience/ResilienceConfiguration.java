package dev.pergola.bff.resilience;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires guards. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ResilienceProperties.class)
public class ResilienceConfiguration {

	@Bean
	UpstreamGuards bffUpstreamGuards(ResilienceProperties properties, MeterRegistry registry) {
		return new UpstreamGuards(properties, registry);
	}

	@Bean
	ShedFilter bffShedFilter(UpstreamGuards guards) {
		return new ShedFilter(guards);
	}

	@Bean
	UpstreamsEndpoint bffUpstreamsEndpoint(UpstreamGuards guards) {
		return new UpstreamsEndpoint(guards);
	}

}
