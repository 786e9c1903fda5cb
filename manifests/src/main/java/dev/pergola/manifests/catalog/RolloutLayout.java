package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Version;

/**
 * Lays shares out over the buckets so that a change of shares moves only the people who
 * must move. A pure function of shares alone cannot do that for three versions, so the
 * registry keeps the layout: whoever stores a rollout stores
 * {@code RolloutLayout.next(stored, wanted)}.
 */
public final class RolloutLayout {

	private static final Comparator<String> NEWEST_FIRST = Comparator.<String, Version>comparing(Version::parse)
		.reversed()
		.thenComparing(Comparator.naturalOrder());

	private RolloutLayout() {
	}

	/**
	 * Segments for new shares. Each version keeps as many of its buckets as its new share
	 * allows; what becomes free goes to those that grow. So the share of people who move
	 * is exactly the sum of what the growing versions gain. People who were given a newer
	 * version are the last to lose it and the first to get it back.
	 * @param stored segments so far, empty before the first rollout
	 * @param wanted share of each version, each version once, adding up to 100
	 * @return segments adding up to 100, neighbours of different versions, no share of 0;
	 * {@link IllegalArgumentException} when the wanted shares do not add up to 100
	 */
	public static List<RolloutShare> next(List<RolloutShare> stored, List<RolloutShare> wanted) {
		Map<String, Integer> left = buckets(wanted);
		int sum = left.values().stream().mapToInt(Integer::intValue).sum();
		if (sum != Bucket.COUNT || left.size() != wanted.size()) {
			throw new IllegalArgumentException("rollout: %s (expected: each version once, adding up to 100)"
				.formatted(wanted.stream().map((share) -> share.version() + " " + share.share()).toList()));
		}
		List<String> newestFirst = left.keySet().stream().sorted(NEWEST_FIRST).toList();
		String[] owners = expand(stored);
		keep(owners, left, newestFirst);
		fill(owners, left, newestFirst);
		return compress(owners);
	}

	/**
	 * Share of each version, whatever number of segments it owns.
	 * @param segments as stored
	 * @return each version once, in the order of its first segment
	 */
	public static List<RolloutShare> shares(List<RolloutShare> segments) {
		return buckets(segments).entrySet().stream().map((entry) -> share(entry.getKey(), entry.getValue())).toList();
	}

	private static Map<String, Integer> buckets(List<RolloutShare> shares) {
		Map<String, Integer> buckets = new LinkedHashMap<>();
		shares.forEach((share) -> buckets.merge(share.version(), share.buckets(), Integer::sum));
		return buckets;
	}

	private static String[] expand(List<RolloutShare> segments) {
		String[] owners = new String[Bucket.COUNT];
		Arrays.fill(owners, "");
		int start = 0;
		for (RolloutShare segment : segments) {
			int end = Math.min(Bucket.COUNT, start + segment.buckets());
			Arrays.fill(owners, start, end, segment.version());
			start = end;
		}
		return owners;
	}

	/**
	 * Takes away what a version has too much of. The oldest gives up its low buckets,
	 * every other its high ones: newer versions live at the low end.
	 */
	private static void keep(String[] owners, Map<String, Integer> left, List<String> newestFirst) {
		boolean grow = false;
		Map<String, Integer> owned = new LinkedHashMap<>();
		for (String owner : owners) {
			owned.merge(owner, 1, Integer::sum);
		}
		for (String version : newestFirst) {
			int share = left.getOrDefault(version, 0);
			boolean newerGrows = grow;
			grow |= owned.getOrDefault(version, 0) < share;
			left.put(version, share - keepOne(owners, version, share, newerGrows));
		}
		for (int bucket = 0; bucket < owners.length; bucket++) {
			if (!left.containsKey(owners[bucket])) {
				owners[bucket] = "";
			}
		}
	}

	private static int keepOne(String[] owners, String version, int share, boolean fromTheEnd) {
		int kept = 0;
		for (int i = 0; i < owners.length; i++) {
			int bucket = fromTheEnd ? owners.length - 1 - i : i;
			if (owners[bucket].equals(version)) {
				if (kept < share) {
					kept++;
				}
				else {
					owners[bucket] = "";
				}
			}
		}
		return kept;
	}

	private static void fill(String[] owners, Map<String, Integer> left, List<String> newestFirst) {
		List<String> growing = new ArrayList<>(newestFirst);
		for (int bucket = 0; bucket < owners.length; bucket++) {
			if (owners[bucket].isEmpty()) {
				growing.removeIf((version) -> left.getOrDefault(version, 0) == 0);
				String version = growing.getFirst();
				owners[bucket] = version;
				left.merge(version, -1, Integer::sum);
			}
		}
	}

	private static List<RolloutShare> compress(String[] owners) {
		List<RolloutShare> segments = new ArrayList<>();
		int start = 0;
		for (int bucket = 1; bucket <= owners.length; bucket++) {
			if (bucket == owners.length || !owners[bucket].equals(owners[start])) {
				segments.add(share(owners[start], bucket - start));
				start = bucket;
			}
		}
		return segments;
	}

	private static RolloutShare share(String version, int buckets) {
		return new RolloutShare(version, BigDecimal.valueOf(buckets, 2));
	}

}
