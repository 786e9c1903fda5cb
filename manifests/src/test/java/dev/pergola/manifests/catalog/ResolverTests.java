package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ResolverTests {

	private static final List<String> SUBJECTS = IntStream.range(0, 200_000).mapToObj((i) -> "person-" + i).toList();

	@Test
	@Tag("registry-10")
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
	@Tag("registry-10")
	@ValueSource(doubles = { 0.01, 0.25, 1, 5, 10, 33.33, 50, 99.99 })
	void aShareIsServedAsExactlyAsChanceAllows(double share) {
		CatalogModule module = Catalogs.module("partnerships",
				List.of(RolloutShare.of("2.0.0", share), new RolloutShare("1.0.0", rest(share))));
		assertThat(100.0 * served(module, "2.0.0") / SUBJECTS.size()).isEqualTo(share, within(0.2));
	}

	@Test
	@Tag("registry-10")
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
	@Tag("registry-10")
	void modulesAndSaltsAreIndependent() {
		assertThat(correlation("partnerships", "stable", "deals", "stable")).isEqualTo(0, within(0.01));
		assertThat(correlation("a", "stable", "b", "stable")).isEqualTo(0, within(0.01));
		assertThat(correlation("a", "stable", "a", "canary")).isEqualTo(0, within(0.01));
	}

	/** Frozen: a change of these moves every person of every running rollout. */
	@Test
	@Tag("registry-10")
	void bucketsAreTheSameForEver() {
		assertThat(Bucket.of("partnerships", "stable", "business")).isEqualTo(1281);
		assertThat(Bucket.of("partnerships", "stable", "Zoë ✓")).isEqualTo(5321);
		assertThat(Bucket.of("deals", "stable", "business")).isEqualTo(9097);
	}

	@Test
	@Tag("registry-11")
	void theNearerRuleWins() {
		CatalogModule module = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)),
				to(RuleKind.GROUP, "beta", 2), to(RuleKind.ROLE, "admin", 3), to(RuleKind.TENANT, "acme", 4),
				to(RuleKind.PERSON, "ada", 5));
		Audience ada = new Audience("ada", "acme", Set.of("admin"), Set.of("beta"));
		assertThat(version(module, ada)).isEqualTo("5.0.0");
		assertThat(version(module, new Audience("bob", "acme", ada.roles(), ada.groups()))).isEqualTo("4.0.0");
		assertThat(version(module, new Audience("bob", "other", ada.roles(), ada.groups()))).isEqualTo("3.0.0");
		assertThat(version(module, new Audience("bob", null, Set.of("other"), ada.groups()))).isEqualTo("2.0.0");
		assertThat(version(module, Audience.of("bob"))).isEqualTo("1.0.0");
	}

	@Test
	@Tag("registry-11")
	void ofTwoRulesOfOneKindTheFirstCounts() {
		CatalogModule module = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)),
				to(RuleKind.GROUP, "beta", 2), to(RuleKind.GROUP, "alpha", 3));
		assertThat(version(module, in("alpha", "beta"))).isEqualTo("2.0.0");
		assertThat(version(module, in("alpha"))).isEqualTo("3.0.0");
		assertThat(version(module, in("gamma"))).isEqualTo("1.0.0");
	}

	@Test
	@Tag("registry-11")
	void rolesPermissionsAndTeamsAreGroups() {
		CatalogModule module = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)),
				to(RuleKind.GROUP, "beta", 2));
		for (Audience each : List.of(Audience.of("x", null, Set.of("beta"), Set.of(), Set.of()),
				Audience.of("x", null, Set.of(), Set.of("beta"), Set.of()),
				Audience.of("x", null, Set.of(), Set.of(), Set.of("beta")))) {
			assertThat(version(module, each)).isEqualTo("2.0.0");
		}
		CatalogModule role = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)), to(RuleKind.ROLE, "beta", 2));
		assertThat(version(role, in("beta"))).as("a group is no role").isEqualTo("1.0.0");
	}

	@Test
	@Tag("registry-11")
	void aRuleMayGiveAChannelWithBucketsOfItsOwn() {
		List<RolloutShare> halves = List.of(RolloutShare.of("3.0.0", 50), RolloutShare.of("2.0.0", 50));
		CatalogModule module = Catalogs.module("m", halves, Map.of("canary", halves),
				RolloutOverride.toChannel(RuleKind.GROUP, "beta", "canary"));
		long same = SUBJECTS.stream()
			.filter((subject) -> version(module, Audience.of(subject))
				.equals(version(module, new Audience(subject, null, Set.of(), Set.of("beta")))))
			.count();
		assertThat(100.0 * same / SUBJECTS.size()).isEqualTo(50, within(0.5));
	}

	@Test
	@Tag("registry-11")
	void aChannelThatPointsAtNothingIsPassedOver() {
		CatalogModule module = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)), Map.of("empty", List.of()),
				RolloutOverride.toChannel(RuleKind.PERSON, "x", "empty"),
				RolloutOverride.toChannel(RuleKind.ROLE, "beta", "gone"), to(RuleKind.GROUP, "beta", 2));
		assertThat(version(module, in("beta"))).isEqualTo("2.0.0");
		assertThat(version(module, in("alpha"))).isEqualTo("1.0.0");
	}

	@Test
	@Tag("registry-11")
	void saysWhy() {
		List<RolloutShare> halves = List.of(RolloutShare.of("2.0.0", 50), RolloutShare.of("1.0.0", 50));
		CatalogModule shares = Catalogs.module("m", halves,
				Map.of("canary", List.of(RolloutShare.of("3.0.0", 100)), "mixed", halves),
				to(RuleKind.GROUP, "beta", 2), RolloutOverride.toChannel(RuleKind.TENANT, "acme", "canary"),
				RolloutOverride.toChannel(RuleKind.ROLE, "admin", "mixed"));
		assertThat(Resolver.resolve(shares, in("beta"))).contains(new Resolution("x", "2.0.0",
				"group beta is given 2.0.0", new Resolution.Rule(RuleKind.GROUP, "beta", null, null)));
		assertThat(Resolver.resolve(shares, new Audience("x", "acme", Set.of(), Set.of())))
			.contains(new Resolution("x", "3.0.0", "tenant acme is given channel canary, which points at 3.0.0",
					new Resolution.Rule(RuleKind.TENANT, "acme", "canary", null)));
		Resolution mixed = Resolver.resolve(shares, new Audience("x", null, Set.of("admin"), Set.of())).orElseThrow();
		int bucket = Bucket.of("m", "mixed", "x");
		assertThat(mixed.rule()).isEqualTo(new Resolution.Rule(RuleKind.ROLE, "admin", "mixed", bucket));
		assertThat(mixed.reason())
			.isEqualTo("role admin is given channel mixed, where they fall at %s of 100 and get %s"
				.formatted(BigDecimal.valueOf(bucket, 2), mixed.version()));
		assertThat(Resolver.resolve(shares, in("gamma")).orElseThrow().reason())
			.matches("falls at \\d+\\.\\d\\d of 100, where [12]\\.0\\.0 is given");
		CatalogModule all = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)));
		assertThat(Resolver.resolve(all, Audience.of("x"))).contains(new Resolution("x", "1.0.0",
				"everyone is given 1.0.0", new Resolution.Rule(RuleKind.SHARE, null, "stable", null)));
	}

	@Test
	void nothingRolledOutIsNothing() {
		assertThat(Resolver.version(Catalogs.module("m", List.of()), Audience.of("x"))).isEmpty();
		assertThat(Resolver.resolve(Catalogs.module("m", List.of()), Audience.of("x"))).isEmpty();
	}

	@Test
	@Tag("registry-13")
	void aVersionThatIsOffIsGivenToNobodyAndTheOthersStay() {
		List<RolloutShare> shares = List.of(RolloutShare.of("3.0.0", 20), RolloutShare.of("2.0.0", 30),
				RolloutShare.of("1.0.0", 50));
		CatalogModule on = Catalogs.module("m", shares, to(RuleKind.GROUP, "beta", 3));
		CatalogModule off = new CatalogModule("m", "team", true, null, null, shares, on.overrides(), Map.of(),
				on.versions(), Map.of("3.0.0", "loses orders", "9.9.9", "not live"));
		assertThat(off.off()).containsOnlyKeys("3.0.0");
		for (String subject : SUBJECTS.subList(0, 1000)) {
			String before = version(on, Audience.of(subject));
			assertThat(version(off, Audience.of(subject))).isEqualTo(before.equals("3.0.0") ? "1.0.0" : before);
		}
		assertThat(version(on, in("beta"))).isEqualTo("3.0.0");
		assertThat(version(off, in("beta"))).isNotEqualTo("3.0.0");
		assertThat(Resolver.version(off.withAllVersions(), in("beta")).orElseThrow().version()).isEqualTo("3.0.0");
	}

	@Test
	@Tag("registry-13")
	void whereAllVersionsAreOffNobodyGetsOne() {
		CatalogModule on = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)));
		CatalogModule off = new CatalogModule("m", "team", true, null, null, on.rollout(), List.of(), Map.of(),
				on.versions(), Map.of("1.0.0", "loses orders"));
		assertThat(Resolver.version(off, Audience.of("x"))).isEmpty();
		assertThat(Resolver.resolve(off, Audience.of("x"))).isEmpty();
	}

	private static RolloutOverride to(RuleKind kind, String name, int major) {
		return RolloutOverride.toVersion(kind, name, major + ".0.0");
	}

	private static Audience in(String... groups) {
		return new Audience("x", null, Set.of(), Set.of(groups));
	}

	private static String version(CatalogModule module, Audience audience) {
		String version = Resolver.version(module, audience).orElseThrow().version();
		assertThat(Resolver.resolve(module, audience).orElseThrow().version()).isEqualTo(version);
		return version;
	}

	private static BigDecimal rest(double share) {
		return BigDecimal.valueOf(100).subtract(BigDecimal.valueOf(share));
	}

	private static long served(CatalogModule module, String version) {
		return SUBJECTS.stream()
			.filter((subject) -> Resolver.version(module, Audience.of(subject)).orElseThrow().version().equals(version))
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
