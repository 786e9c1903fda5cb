package dev.pergola.manifests.catalog;

import java.math.BigDecimal;

/**
 * Share of people who get a version.
 *
 * @param share percent, 0 to 100 with at most two decimals
 */
public record RolloutShare(String version, BigDecimal share) {

	public RolloutShare {
		share = share.stripTrailingZeros();
		if (share.signum() < 0 || share.compareTo(BigDecimal.valueOf(100)) > 0 || share.scale() > 2) {
			throw new IllegalArgumentException(
					"share: %s (expected: 0 to 100 with at most two decimals)".formatted(share.toPlainString()));
		}
		// So that 100 is written as 100 and not as 1E+2.
		share = (share.scale() < 0) ? share.setScale(0) : share;
	}

	/**
	 * Share in whole percent or with decimals.
	 * @param version name of the version
	 * @param share such as {@code 5} or {@code 0.25}
	 * @return the share
	 */
	public static RolloutShare of(String version, double share) {
		return new RolloutShare(version, BigDecimal.valueOf(share));
	}

	/** Share in buckets, of which there are 10,000. */
	int buckets() {
		return this.share.movePointRight(2).intValueExact();
	}

}
