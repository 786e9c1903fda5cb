package dev.pergola.registry.schedule;

import java.time.Instant;
import java.time.OffsetDateTime;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.Channel.ChannelState;
import org.jspecify.annotations.Nullable;

/**
 * A change of a channel with a start, an end or both.
 *
 * @param wanted the channel from the start on
 * @param team team the module had when it was planned
 * @param caller in whose name it is done
 * @param states what the start found and left, {@code null} before
 * @param problem why it failed, or why its end put nothing back
 */
record Plan(String id, String module, String channel, PlanState state, ChannelState wanted, Window window, String team,
		Instant plannedAt, Caller caller, @Nullable States states, @Nullable String problem) {

	Instant start() {
		OffsetDateTime start = this.window.startsAt();
		return (start != null) ? start.toInstant() : this.plannedAt;
	}

	@Nullable Instant end() {
		OffsetDateTime end = this.window.endsAt();
		return (end != null) ? end.toInstant() : null;
	}

	/** When something has to be done about it. */
	@Nullable Instant due() {
		return switch (this.state) {
			case PLANNED -> start();
			case RUNNING -> end();
			case DONE, FAILED, CANCELLED -> null;
		};
	}

	/** {@code module/channel}. */
	String subject() {
		return this.module + "/" + this.channel;
	}

	/** A channel before and after the start. */
	record States(Channel before, Channel after) {

	}

}
