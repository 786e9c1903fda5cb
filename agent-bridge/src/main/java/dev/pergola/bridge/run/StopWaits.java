package dev.pergola.bridge.run;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a program is ended, step by step, and how long each step may take.
 *
 * @param interrupt After asking in words of its format.
 * @param sigint After the signal a keyboard sends.
 * @param sigterm After the signal to end, before it is killed.
 */
public record StopWaits(@DefaultValue("2s") Duration interrupt, @DefaultValue("2s") Duration sigint,
		@DefaultValue("3s") Duration sigterm) {

}
