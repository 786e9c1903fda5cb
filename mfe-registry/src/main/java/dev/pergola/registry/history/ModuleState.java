package dev.pergola.registry.history;

import java.util.Map;

import dev.pergola.registry.module.Module;
import dev.pergola.registry.rollout.Channel;

/**
 * A module as a write left it.
 *
 * @param module its revision is the write's
 * @param channels by name
 */
public record ModuleState(Module module, Map<String, Channel> channels) {

	public ModuleState {
		channels = Map.copyOf(channels);
	}

	public String name() {
		return this.module.name();
	}

}
