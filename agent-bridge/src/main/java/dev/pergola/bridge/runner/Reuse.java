package dev.pergola.bridge.runner;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether a program lives longer, or starts earlier, than its run.
 *
 * @param parkTimeout Time a program waits for a person's answer before it is ended.
 * @param keep Time a program that can go on waits for the next run of its conversation; 0
 * ends it with its run.
 * @param warm Number of unused programs that stand ready.
 */
public record Reuse(@DefaultValue("10m") Duration parkTimeout, @DefaultValue("0s") Duration keep,
		@DefaultValue("0") int warm) {

	public Reuse {
		Waits.positive("park-timeout", parkTimeout);
		if (keep.isNegative()) {
			throw new IllegalArgumentException("keep: %s (expected: 0 or more)".formatted(keep));
		}
		if (warm < 0) {
			throw new IllegalArgumentException("warm: %d (expected: 0 or more)".formatted(warm));
		}
	}

}
