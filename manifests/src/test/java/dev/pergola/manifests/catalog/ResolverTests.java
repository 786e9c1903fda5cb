package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.pergola.manifests.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ResolverTests {

	private static final List<String> SUBJECTS = IntStream.range(0, 200_000).mapToObj((i) -> "person-" + i).toList();

	@Test
	void noShareIsNobodyAndAllIsEveryone() {
		assertThat(served(Catalogs.module("m", List.of(RolloutShare.of("2.0.0", 0), RolloutShare.of("1.0.0", 100))),
				"2.0.0"))
			.isZero();
		assertThat(served(Catalogs.module("m", List.of(RolloutShare.of("2.0.0", 100), RolloutShare.of("1.0.0", 0))),
				"2.0.0"))
			.isEqualTo(SUBJECTS.size());
		assertThat(served(Catalogs.module("m", List.of(RolloutShare.of("2.0.0", 100))), "2.0.0"))
			.isEqualTo(SUBJECTS.size());
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.01, 0.25, 1, 5, 10, 33.33, 50, 99.99 })
	void aShareIsServedAsExactlyAsChanceAllows(double share) {
		CatalogModule module = Catalogs.module("partnerships",
				List.of(RolloutShare.of("2.0.0", share), new RolloutShare("1.0.0", rest(share))));
		assertThat(100.0 * served(module, "2.0.0") / SUBJECTS.size()).isEqualTo(share, within(0.2));
	}

	@Test
	void everyBucketIsUsed() {
		long[] counts = new long[Bucket.COUNT];
		SUBJECTS.forEach((subject) -> counts[Bucket.of("m", "stable", subject)]++);
		double expected = (double) SUBJECTS.size() / Bucket.COUNT;
		double chiSquare = IntStream.range(0, counts.length)
			.mapToDouble((i) -> Math.pow(counts[i] - expected, 2) / expected)
			.sum();
		// 9,999 degrees of freedom: standard deviation 141, so five of them.
		assertThat(chiSquare).isBetween(9_999 - 705.0, 9_999 + 705.0);
	}

	@Test
	void modulesAndSaltsAreIndependent() {
		assertThat(correlation("partnerships", "stable", "deals", "stable")).isEqualTo(0, within(0.01));
		assertThat(correlation("a", "stable", "b", "stable")).isEqualTo(0, within(0.01));
		assertThat(correlation("a", "stable", "a", "canary")).isEqualTo(0, within(0.01));
	}

	/** Frozen: a change of these moves every person of every running rollout. */
	@Test
	void bucketsAreTheSameForEver() {
		assertThat(Bucket.of("partnerships", "stable", "business")).isEqualTo(1281);
		assertThat(Bucket.of("partnerships", "stable", "Zoë ✓")).isEqualTo(5321);
		assertThat(Bucket.of("deals", "stable", "business")).isEqualTo(9097);
	}

	@Test
	void aGroupComesBeforeShares() {
		CatalogModule module = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)),
				new GroupOverride("beta", "2.0.0"), new GroupOverride("alpha", "3.0.0"));
		assertThat(Resolver.version(module, "x", Set.of("alpha", "beta"))).map(Manifest::version).contains("2.0.0");
		assertThat(Resolver.version(module, "x", Set.of("alpha"))).map(Manifest::version).contains("3.0.0");
		assertThat(Resolver.version(module, "x", Set.of("gamma"))).map(Manifest::version).contains("1.0.0");
	}

	@Test
	void saysWhy() {
		CatalogModule shares = Catalogs.module("m", List.of(RolloutShare.of("2.0.0", 50), RolloutShare.of("1.0.0", 50)),
				new GroupOverride("beta", "2.0.0"));
		assertThat(Resolver.resolve(shares, "x", Set.of("beta")).orElseThrow().reason())
			.isEqualTo("group beta is given 2.0.0");
		assertThat(Resolver.resolve(shares, "x", Set.of()).orElseThrow().reason())
			.matches("falls at \\d+\\.\\d\\d of 100, where [12]\\.0\\.0 is given");
		CatalogModule all = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)));
		assertThat(Resolver.resolve(all, "x", Set.of()))
			.contains(new Resolution("x", "1.0.0", "everyone is given 1.0.0"));
	}

	@Test
	void nothingRolledOutIsNothing() {
		assertThat(Resolver.version(Catalogs.module("m", List.of()), "x", Set.of())).isEmpty();
	}

	private static BigDecimal rest(double share) {
		return BigDecimal.valueOf(100).subtract(BigDecimal.valueOf(share));
	}

	private static long served(CatalogModule module, String version) {
		return SUBJECTS.stream()
			.filter((subject) -> Resolver.version(module, subject, Set.of()).orElseThrow().version().equals(version))
			.count();
	}

	private static double correlation(String module, String salt, String otherModule, String otherSalt) {
		double mean = (Bucket.COUNT - 1) / 2.0;
		double product = 0;
		double square = 0;
		double otherSquare = 0;
		for (String subject : SUBJECTS) {
			double first = Bucket.of(module, salt, subject) - mean;
			double second = Bucket.of(otherModule, otherSalt, subject) - mean;
			product += first * second;
			square += first * first;
			otherSquare += second * second;
		}
		return product / Math.sqrt(square * otherSquare);
	}

}
