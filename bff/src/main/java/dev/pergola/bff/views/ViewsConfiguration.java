package dev.pergola.bff.views;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.limits.Limits;
import dev.pergola.bff.routing.Upstreams;
import dev.pergola.bff.streams.EventStreams;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires views. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ViewProperties.class)
public class ViewsConfiguration {

	@Bean
	ViewMeters bffViewMeters(MeterRegistry registry) {
		return new ViewMeters(registry);
	}

	@Bean
	ViewPlans bffViewPlans(ViewProperties properties, ViewMeters meters) {
		return new ViewPlans(properties, meters);
	}

	@Bean
	PartClient bffPartClient(UpstreamClients clients, Upstreams upstreams, Limits limits, ViewProperties properties) {
		return new PartClient(clients.modules(), upstreams, limits, properties);
	}

	@Bean
	SharedCalls bffViewCalls(PartClient client, ViewProperties properties) {
		return new SharedCalls(client, properties.timeout());
	}

	@Bean
	MeterBinder bffViewCallMeters(SharedCalls calls, PartClient client) {
		return (registry) -> {
			FunctionCounter.builder("pergola.bff.views.shared", calls, SharedCalls::joined)
				.description("Calls for parts that were not made, as the same was in flight for another request")
				.register(registry);
			FunctionCounter.builder("pergola.bff.views.hedges", client, PartClient::hedges)
				.description("Parts that were asked for a second time, as the first answer was late")
				.register(registry);
			FunctionCounter.builder("pergola.bff.views.hedges.won", client, PartClient::won)
				.description("Second answers that came first")
				.register(registry);
		};
	}

	@Bean
	ViewsController bffViewsController(LiveModules modules, ViewPlans plans, SharedCalls shared, Callers callers,
			EventStreams streams, ViewMeters meters, ViewProperties properties) {
		WholeAnswers answers = new WholeAnswers(new KeptAnswers(properties, Ticker.systemTicker()), meters);
		return new ViewsController(modules, plans, shared, callers, streams, answers, meters, properties);
	}

}
