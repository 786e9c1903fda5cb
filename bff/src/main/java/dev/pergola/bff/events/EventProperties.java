package dev.pergola.bff.events;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the events pushed to browsers.
 *
 * @param maxEvents Number of events kept for browsers that come back.
 * @param maxLag Number of events that may come while a browser takes none.
 */
@Validated
@ConfigurationProperties("pergola.bff.events")
public record EventProperties(@DefaultValue("10000") @Positive int maxEvents,
		@DefaultValue("1000") @Positive int maxLag) {

}
