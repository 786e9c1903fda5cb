package dev.pergola.bff.resilience;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of what happens when upstreams are slow or away.
 *
 * @param maxCalls Number of calls in flight in this process; more are refused.
 * @param maxCallsPerModule Number of calls in flight to one module's upstream.
 * @param limit Calls in flight to one upstream, as it can take them.
 * @param circuit When an upstream is not called for a while.
 * @param retry When a call is made again.
 * @param bodyIdle Time an upstream may be silent in the middle of an answer that is no
 * stream.
 */
@Validated
@ConfigurationProperties("pergola.bff.resilience")
public record ResilienceProperties(@DefaultValue("2000") @Positive int maxCalls,
		@DefaultValue("500") @Positive int maxCallsPerModule, @DefaultValue @Valid Limit limit,
		@DefaultValue @Valid Circuit circuit, @DefaultValue @Valid Retry retry,
		@DefaultValue("30s") Duration bodyIdle) {

	public ResilienceProperties {
		positive("body-idle", bodyIdle);
	}

	private static void positive(String name, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException("%s: %s (expected: above zero)".formatted(name, value));
		}
	}

	/**
	 * Settings of the limit that follows what an upstream can take.
	 *
	 * @param adaptive Whether it follows; otherwise it is the maximum.
	 * @param initial Calls in flight to begin with.
	 * @param min Calls in flight that are always allowed.
	 * @param max Calls in flight that are never exceeded.
	 */
	public record Limit(@DefaultValue("true") boolean adaptive, @DefaultValue("100") @Positive int initial,
			@DefaultValue("20") @Positive int min, @DefaultValue("500") @Positive int max) {

		public Limit {
			if (min > initial || initial > max) {
				throw new IllegalArgumentException(
						"limit: %d, %d, %d (expected: min, initial, max in this order)".formatted(min, initial, max));
			}
		}

	}

	/**
	 * Settings of the circuit of one upstream.
	 *
	 * @param failureRate Percent of calls that fail before it opens.
	 * @param window Time these are counted over, in whole seconds.
	 * @param minCalls Number of calls in that time before anything is judged.
	 * @param openFor Time no call is made.
	 * @param trialCalls Number of calls that decide afterwards whether it closes.
	 * @param countInternalErrors Whether status 500 counts as a failure, as 502, 503 and
	 * 504 do.
	 */
	public record Circuit(@DefaultValue("50") @Min(1) @Max(100) int failureRate, @DefaultValue("10s") Duration window,
			@DefaultValue("20") @Positive int minCalls, @DefaultValue("5s") Duration openFor,
			@DefaultValue("5") @Positive int trialCalls, @DefaultValue("false") boolean countInternalErrors) {

		public Circuit {
			positive("open-for", openFor);
			if (window.toSeconds() < 1) {
				throw new IllegalArgumentException("window: %s (expected: at least 1s)".formatted(window));
			}
		}

	}

	/**
	 * Settings of calls that are made again.
	 *
	 * @param max Number of times, after the first.
	 * @param backoff Time before the first of these, a half more or less; twice as much
	 * before each further.
	 * @param budget Percent of an upstream's calls that may be made again.
	 * @param floor Number that may be made again in any case.
	 * @param window Time both are counted over.
	 */
	public record Retry(@DefaultValue("1") @PositiveOrZero @Max(5) int max, @DefaultValue("25ms") Duration backoff,
			@DefaultValue("20") @PositiveOrZero @Max(100) int budget, @DefaultValue("3") @PositiveOrZero int floor,
			@DefaultValue("10s") Duration window) {

		public Retry {
			positive("backoff", backoff);
			positive("window", window);
		}

	}

}
