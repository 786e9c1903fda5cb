package dev.pergola.bff.events;

import java.time.Clock;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.streams.EventStreams;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires event push. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventProperties.class)
public class EventsConfiguration {

	@Bean
	EventHub bffEventHub(EventProperties properties) {
		return new EventHub(properties, Clock.systemUTC());
	}

	@Bean
	EventsController bffEventsController(EventHub hub, EventStreams streams, Callers callers) {
		return new EventsController(hub, streams, callers);
	}

}
