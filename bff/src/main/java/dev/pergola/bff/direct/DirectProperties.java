package dev.pergola.bff.direct;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the direct path.
 *
 * @param enabled Whether plain calls of people take it; otherwise all go the long way.
 */
@ConfigurationProperties("pergola.bff.direct")
record DirectProperties(@DefaultValue("true") boolean enabled) {

}
