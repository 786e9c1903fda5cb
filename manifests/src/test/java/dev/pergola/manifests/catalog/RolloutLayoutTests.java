package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RolloutLayoutTests {

	private static final List<String> SUBJECTS = IntStream.range(0, 200_000).mapToObj((i) -> "person-" + i).toList();

	@Test
	void theOrderOfTheRequestDoesNotMatter() {
		List<RolloutShare> first = RolloutLayout.next(shares("1.0.0=100"), shares("1.0.0=95", "2.0.0=5"));
		assertThat(first).isEqualTo(RolloutLayout.next(shares("1.0.0=100"), shares("2.0.0=5", "1.0.0=95")));
		assertThat(first).isEqualTo(shares("2.0.0=5", "1.0.0=95"));
	}

	@Test
	@Tag("registry-10")
	void aThirdVersionTakesFromWhoeverGivesAndFromNobodyElse() {
		List<RolloutShare> before = RolloutLayout.next(shares("1.0.0=100"), shares("2.0.0=5", "1.0.0=95"));
		List<RolloutShare> after = RolloutLayout.next(before, shares("3.0.0=1", "2.0.0=5", "1.0.0=94"));
		Map<String, Long> moves = moves(before, after);
		assertThat(moves.keySet()).containsExactly("1.0.0 -> 3.0.0");
		assertThat(moves.get("1.0.0 -> 3.0.0")).isBetween(1_600L, 2_400L);
	}

	@Test
	@Tag("registry-10")
	void aThirdVersionThatSharesEquallyMovesAThird() {
		List<RolloutShare> before = RolloutLayout.next(List.of(), shares("1.0.0=50", "2.0.0=50"));
		List<RolloutShare> after = RolloutLayout.next(before, shares("1.0.0=33.33", "2.0.0=33.33", "3.0.0=33.34"));
		assertThat(moves(before, after).keySet()).containsExactlyInAnyOrder("1.0.0 -> 3.0.0", "2.0.0 -> 3.0.0");
		assertThat(RolloutLayout.shares(after))
			.containsExactlyInAnyOrderElementsOf(shares("1.0.0=33.33", "2.0.0=33.33", "3.0.0=33.34"));
	}

	@Test
	@Tag("registry-10")
	void whoWasGivenTheNewVersionKeepsItWhileTheShareGrows() {
		List<RolloutShare> layout = shares("1.0.0=100");
		for (String share : List.of("1", "5", "25", "50")) {
			String rest = Integer.toString(100 - Integer.parseInt(share));
			List<RolloutShare> next = RolloutLayout.next(layout, shares("2.0.0=" + share, "1.0.0=" + rest));
			assertThat(moves(layout, next).keySet()).containsExactly("1.0.0 -> 2.0.0");
			layout = next;
		}
	}

	@Test
	void aRetreatAndAReturnMeetTheSamePeople() {
		List<RolloutShare> ten = RolloutLayout.next(shares("1.0.0=100"), shares("2.0.0=10", "1.0.0=90"));
		List<RolloutShare> five = RolloutLayout.next(ten, shares("2.0.0=5", "1.0.0=95"));
		assertThat(RolloutLayout.next(five, shares("2.0.0=10", "1.0.0=90"))).isEqualTo(ten);
	}

	@Test
	@Tag("registry-10")
	void alwaysMovesAsFewAsPossible() {
		Random random = new Random(42);
		List<RolloutShare> layout = shares("1.0.0=100");
		for (int i = 0; i < 300; i++) {
			List<RolloutShare> wanted = randomShares(random);
			List<RolloutShare> next = RolloutLayout.next(layout, wanted);
			assertThat(movedBuckets(layout, next)).isEqualTo(gainedBuckets(layout, wanted));
			assertThat(RolloutLayout.shares(next))
				.containsExactlyInAnyOrderElementsOf(wanted.stream().filter((share) -> share.buckets() > 0).toList());
			layout = next;
		}
	}

	@Test
	void refusesSharesThatDoNotAddUp() {
		assertThatIllegalArgumentException().isThrownBy(() -> RolloutLayout.next(List.of(), shares("1.0.0=99.99")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RolloutLayout.next(List.of(), shares("1.0.0=50", "1.0.0=50")));
		assertThatIllegalArgumentException().isThrownBy(() -> RolloutShare.of("1.0.0", 0.001));
		assertThatIllegalArgumentException().isThrownBy(() -> RolloutShare.of("1.0.0", -1));
	}

	private static List<RolloutShare> shares(String... shares) {
		return List.of(shares)
			.stream()
			.map((share) -> share.split("="))
			.map((parts) -> new RolloutShare(parts[0], new BigDecimal(parts[1])))
			.toList();
	}

	private static List<RolloutShare> randomShares(Random random) {
		List<RolloutShare> shares = new ArrayList<>();
		int left = Bucket.COUNT;
		int count = 1 + random.nextInt(4);
		int first = random.nextInt(5);
		for (int i = 0; i < count; i++) {
			int share = (i == count - 1) ? left : random.nextInt(left + 1);
			shares.add(new RolloutShare("%d.0.0".formatted(1 + (first + i) % 6), BigDecimal.valueOf(share, 2)));
			left -= share;
		}
		return shares;
	}

	private static Map<String, Long> moves(List<RolloutShare> before, List<RolloutShare> after) {
		CatalogModule old = Catalogs.module("m", before);
		CatalogModule now = Catalogs.module("m", after);
		return SUBJECTS.stream()
			.map((subject) -> version(old, subject) + " -> " + version(now, subject))
			.filter((move) -> !move.split(" -> ")[0].equals(move.split(" -> ")[1]))
			.collect(Collectors.groupingBy((move) -> move, Collectors.counting()));
	}

	private static String version(CatalogModule module, String subject) {
		return Resolver.version(module, Audience.of(subject)).orElseThrow().version();
	}

	private static int movedBuckets(List<RolloutShare> before, List<RolloutShare> after) {
		List<String> old = owners(before);
		List<String> now = owners(after);
		return (int) IntStream.range(0, Bucket.COUNT).filter((i) -> !old.get(i).equals(now.get(i))).count();
	}

	private static int gainedBuckets(List<RolloutShare> before, List<RolloutShare> wanted) {
		Map<String, Integer> old = RolloutLayout.shares(before)
			.stream()
			.collect(Collectors.toMap(RolloutShare::version, RolloutShare::buckets));
		return wanted.stream()
			.mapToInt((share) -> Math.max(0, share.buckets() - old.getOrDefault(share.version(), 0)))
			.sum();
	}

	private static List<String> owners(List<RolloutShare> segments) {
		return segments.stream()
			.flatMap((segment) -> Collections.nCopies(segment.buckets(), segment.version()).stream())
			.toList();
	}

}
