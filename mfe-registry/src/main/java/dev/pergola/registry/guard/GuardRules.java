package dev.pergola.registry.guard;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * When a rollout is taken back, and when further.
 *
 * @param enabled whether the guard acts
 * @param maxErrorRate points by which the newer version's error rate may exceed the older
 * one's; {@code null} when it does not matter
 * @param maxLcp, maxInp, maxMount times the older version's 75th percentile that the
 * newer one's may be; {@code null} when it does not matter
 * @param minLoads loads, and measurements of a vital, that both versions must have
 * @param window how far it looks back
 * @param steps shares in percent, growing; empty when it never goes further by itself
 * @param stepAfter how long a healthy version stays at a share
 */
record GuardRules(boolean enabled, @Nullable BigDecimal maxErrorRate, @Nullable BigDecimal maxLcp,
		@Nullable BigDecimal maxInp, @Nullable BigDecimal maxMount, int minLoads, Duration window,
		List<BigDecimal> steps, Duration stepAfter) {

	GuardRules {
		steps = List.copyOf(steps);
	}

	/** Share after a share, if there is a step above it. */
	Optional<BigDecimal> stepAfter(BigDecimal share) {
		return this.steps.stream().filter((step) -> step.compareTo(share) > 0).findFirst();
	}

	/** As people write it. */
	@JsonValue
	Map<String, @Nullable Object> json() {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("enabled", this.enabled);
		json.put("maxErrorRate", this.maxErrorRate);
		json.put("maxLcp", this.maxLcp);
		json.put("maxInp", this.maxInp);
		json.put("maxMount", this.maxMount);
		json.put("minLoads", this.minLoads);
		json.put("window", text(this.window));
		json.put("steps", this.steps);
		json.put("stepAfter", text(this.stepAfter));
		return json;
	}

	private static String text(Duration duration) {
		long seconds = duration.toSeconds();
		return (seconds % 60 == 0) ? seconds / 60 + "m" : seconds + "s";
	}

}
