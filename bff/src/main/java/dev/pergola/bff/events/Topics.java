package dev.pergola.bff.events;

import java.util.Collection;
import java.util.Set;

import dev.pergola.bff.caller.Caller;

/**
 * The topics a person gets: those asked for, as far as they may be had. To ask narrows
 * and never widens.
 *
 * @param asked {@code *} for all
 */
record Topics(Set<String> asked, Caller caller) {

	static Topics of(Collection<String> asked, Caller caller) {
		return new Topics(Set.copyOf(asked), caller);
	}

	boolean contain(String topic) {
		return (this.asked.contains("*") || this.asked.contains(topic)) && isAllowed(topic);
	}

	private boolean isAllowed(String topic) {
		String tenant = this.caller.tenant();
		return topic.equals("catalog") || (tenant != null && topic.startsWith("tenant/" + tenant + "/"));
	}

}
