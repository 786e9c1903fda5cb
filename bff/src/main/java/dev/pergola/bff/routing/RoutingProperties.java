package dev.pergola.bff.routing;

import java.time.Duration;
import java.util.Map;

import dev.pergola.bff.filter.CallRules;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of routes to modules' upstreams.
 *
 * @param timeout Time until the first byte of an answer, where a manifest says nothing.
 * @param maxTimeout Time until the first byte of an answer that a manifest may ask for.
 * @param modules What calls of single modules may be, by name.
 */
@ConfigurationProperties("pergola.bff.routing")
public record RoutingProperties(@DefaultValue("10s") Duration timeout, @DefaultValue("30s") Duration maxTimeout,
		@DefaultValue Map<String, CallRules> modules) {

	public RoutingProperties {
		modules = Map.copyOf(modules);
	}

	/**
	 * Time an upstream has.
	 * @param asked what the manifest says, {@code null} for nothing
	 */
	public Duration limited(@Nullable Duration asked) {
		Duration wanted = (asked != null) ? asked : this.timeout;
		return (wanted.compareTo(this.maxTimeout) > 0) ? this.maxTimeout : wanted;
	}

	/** What calls of a module may be. */
	CallRules rules(String module) {
		return this.modules.getOrDefault(module, CallRules.USUAL);
	}

}
