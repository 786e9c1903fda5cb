package dev.pergola.bff.views;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of views.
 *
 * @param timeout Time a whole view has.
 * @param partTimeout Time a part has, where a manifest says nothing.
 * @param maxPart Size of the answer of one part.
 * @param maxAnswer Size of the answers of all parts together.
 * @param maxAge Longest time an answer is kept, whatever a manifest asks for; zero to
 * keep none.
 * @param cache Size of all answers that are kept.
 * @param hedge When a part is asked for a second time.
 */
@Validated
@ConfigurationProperties("pergola.bff.views")
public record ViewProperties(@DefaultValue("5s") Duration timeout, @DefaultValue("2s") Duration partTimeout,
		@DefaultValue("1MB") DataSize maxPart, @DefaultValue("4MB") DataSize maxAnswer,
		@DefaultValue("1m") Duration maxAge, @DefaultValue("16MB") DataSize cache, @DefaultValue @Valid Hedge hedge) {

	Duration limited(@Nullable Duration asked) {
		Duration wanted = (asked != null) ? asked : this.partTimeout;
		return (wanted.compareTo(this.timeout) > 0) ? this.timeout : wanted;
	}

	Duration kept(@Nullable Duration asked) {
		Duration wanted = (asked != null) ? asked : Duration.ZERO;
		return (wanted.compareTo(this.maxAge) > 0) ? this.maxAge : wanted;
	}

	/**
	 * Settings of parts that are asked for a second time while the first call is open.
	 *
	 * @param enabled Whether any is.
	 * @param percentile Percent of a service's answers that are faster than one that is
	 * slow.
	 * @param minCalls Number of calls before it is known what is slow.
	 */
	public record Hedge(@DefaultValue("true") boolean enabled, @DefaultValue("95") @Min(50) @Max(99) int percentile,
			@DefaultValue("100") @Positive int minCalls) {

	}

}
