package dev.pergola.registry.guard;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.request.InvalidRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Body of {@code PUT …/guard}, not checked yet. What is absent is as in
 * {@link GuardRules}, or its default.
 */
record GuardRequest(@Nullable Boolean enabled, @Nullable BigDecimal maxErrorRate, @Nullable BigDecimal maxLcp,
		@Nullable BigDecimal maxInp, @Nullable BigDecimal maxMount, @Nullable Integer minLoads, @Nullable String window,
		@Nullable List<@Nullable BigDecimal> steps, @Nullable String stepAfter) {

	private static final BigDecimal ALL = BigDecimal.valueOf(100);

	private static final int MOST_STEPS = 20;

	private static final int MOST_LOADS = 1_000_000_000;

	private static final Duration LEAST = Duration.ofMinutes(1);

	private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

	private static final Duration LONGEST_STEP = Duration.ofDays(30);

	/** The rules; {@link InvalidRequestException} with everything wrong. */
	GuardRules rules() {
		List<Finding> findings = new ArrayList<>();
		check("maxErrorRate", this.maxErrorRate, BigDecimal.ZERO, findings);
		check("maxLcp", this.maxLcp, BigDecimal.ONE, findings);
		check("maxInp", this.maxInp, BigDecimal.ONE, findings);
		check("maxMount", this.maxMount, BigDecimal.ONE, findings);
		int loads = Objects.requireNonNullElse(this.minLoads, 200);
		if (loads < 1 || loads > MOST_LOADS) {
			findings.add(Findings.at("/minLoads", "must be 1 to " + MOST_LOADS));
		}
		Duration back = duration("window", this.window, "10m", LONGEST_WINDOW, findings);
		Duration stay = duration("stepAfter", this.stepAfter, "30m", LONGEST_STEP, findings);
		List<BigDecimal> shares = steps(findings);
		if (this.maxErrorRate == null && this.maxLcp == null && this.maxInp == null && this.maxMount == null) {
			findings.add(Findings.at("", "names no limit: maxErrorRate, maxLcp, maxInp or maxMount"));
		}
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the guard cannot be set so", findings);
		}
		return new GuardRules(!Boolean.FALSE.equals(this.enabled), this.maxErrorRate, this.maxLcp, this.maxInp,
				this.maxMount, loads, back, shares, stay);
	}

	private List<BigDecimal> steps(List<Finding> findings) {
		List<BigDecimal> shares = new ArrayList<>();
		List<@Nullable BigDecimal> wanted = (this.steps != null) ? this.steps : List.of();
		if (wanted.size() > MOST_STEPS) {
			findings.add(Findings.at("/steps", "must be %d at most".formatted(MOST_STEPS)));
			return shares;
		}
		BigDecimal last = BigDecimal.ZERO;
		for (int at = 0; at < wanted.size(); at++) {
			BigDecimal share = wanted.get(at);
			if (share == null || share.compareTo(last) <= 0 || share.compareTo(ALL) > 0
					|| share.stripTrailingZeros().scale() > 2) {
				findings
					.add(Findings.at("/steps/" + at, "must be above the one before, 100 at most, with two decimals"));
			}
			else {
				shares.add(share);
				last = share;
			}
		}
		return shares;
	}

	private static void check(String name, @Nullable BigDecimal value, BigDecimal least, List<Finding> findings) {
		if (value != null && (value.compareTo(least) < 0 || value.compareTo(ALL) > 0)) {
			findings.add(Findings.at("/" + name, "must be %s to 100".formatted(least)));
		}
	}

	private static Duration duration(String name, @Nullable String text, String otherwise, Duration most,
			List<Finding> findings) {
		try {
			Duration value = DurationStyle.detectAndParse((text != null) ? text : otherwise);
			if (value.compareTo(LEAST) >= 0 && value.compareTo(most) <= 0) {
				return value;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// Told below.
		}
		findings.add(Findings.at("/" + name, "must be 1m to %dh, such as 10m or PT10M".formatted(most.toHours())));
		return most;
	}

}
