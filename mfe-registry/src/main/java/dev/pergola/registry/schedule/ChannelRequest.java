package dev.pergola.registry.schedule;

import java.util.List;

import dev.pergola.registry.rollout.OverrideRequest;
import dev.pergola.registry.rollout.RolloutRequest;
import dev.pergola.registry.rollout.RolloutRequest.Share;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT …/channels/{channel}}, not checked yet.
 *
 * @param rollout as of {@link RolloutRequest}
 * @param overrides as of {@link RolloutRequest}
 * @param startsAt RFC 3339 with offset, {@code null} for at once
 * @param endsAt when the channel becomes what it was before, {@code null} for never
 */
record ChannelRequest(@Nullable List<@Nullable Share> rollout, @Nullable List<@Nullable OverrideRequest> overrides,
		@Nullable String startsAt, @Nullable String endsAt) {

	RolloutRequest change() {
		return RolloutRequest.of(this.rollout, this.overrides);
	}

}
