package dev.pergola.bff.observe;

import dev.pergola.bff.accesslog.AccessLog;
import dev.pergola.bff.accesslog.AccessLogProperties;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.LoopMeters;
import dev.pergola.bff.metrics.MetricsProperties;
import dev.pergola.bff.trace.Tracing;
import dev.pergola.bff.trace.TracingProperties;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/** Wires metrics, tracing and the access log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ MetricsProperties.class, TracingProperties.class, AccessLogProperties.class })
public class ObserveConfiguration {

	@Bean
	Calls bffCalls(MeterRegistry registry, MetricsProperties properties) {
		return new Calls(registry, properties);
	}

	@Bean
	Tracing bffTracing(TracingProperties properties, Environment environment) {
		return new Tracing(properties, environment.getProperty("spring.application.name", "pergola-bff"));
	}

	@Bean
	LoopMeters bffLoopMeters(MetricsProperties properties) {
		return new LoopMeters(properties);
	}

	@Bean
	Observer bffObserver(Calls calls, Tracing tracing, ObjectProvider<AccessLog> log) {
		return new Observer(calls, tracing, log.getIfAvailable());
	}

	@Bean
	static ManagementPort bffManagementPort() {
		return new ManagementPort();
	}

	@Bean
	HttpHandlerDecoratorFactory bffObservedHandler(Observer observer, ManagementPort management) {
		return (handler) -> new ObservedHandler(handler, observer, management);
	}

	@Bean
	CallFilter bffCallFilter() {
		return new CallFilter();
	}

	/** The access log. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("pergola.bff.access-log.enabled")
	static class AccessLogConfiguration {

		@Bean
		AccessLog bffAccessLog(AccessLogProperties properties) {
			return new AccessLog(properties);
		}

		@Bean
		CallerFilter bffCallerFilter() {
			return new CallerFilter();
		}

	}

}
