package dev.pergola.bff.views;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of views.
 *
 * @param timeout Time a whole view has.
 * @param partTimeout Time a part has, where a manifest says nothing.
 * @param maxPart Size of the answer of one part.
 */
@ConfigurationProperties("pergola.bff.views")
public record ViewProperties(@DefaultValue("5s") Duration timeout, @DefaultValue("2s") Duration partTimeout,
		@DefaultValue("1MB") DataSize maxPart) {

	Duration limited(@Nullable Duration asked) {
		Duration wanted = (asked != null) ? asked : this.partTimeout;
		return (wanted.compareTo(this.timeout) > 0) ? this.timeout : wanted;
	}

}
