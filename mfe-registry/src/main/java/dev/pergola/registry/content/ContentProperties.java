package dev.pergola.registry.content;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the removal of content that no version names.
 *
 * @param grace Age below which content stays, and time after which an upload counts as
 * dead. Longer than any upload may take.
 * @param interval Time between looks at the store.
 */
@ConfigurationProperties("pergola.registry.content")
public record ContentProperties(@DefaultValue("24h") Duration grace, @DefaultValue("6h") Duration interval) {

}
