package dev.pergola.bench.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/**
 * Asks the registry what 200,000 people get.
 */
final class Buckets {

	private static final int SUBJECTS = 200_000;

	private static final int AT_ONCE = 1_000;

	private final Api api;

	Buckets(Api api) {
		this.api = api;
	}

	/**
	 * The figures of registry.md 10.
	 * @return what was measured, by what it is
	 */
	Map<String, String> measure() throws IOException, InterruptedException {
		Map<String, String> figures = new LinkedHashMap<>();
		for (String module : List.of("buckets", "buckets-other")) {
			for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
				this.api.publish(module, version, Bundle.of(module, version, ""));
			}
		}
		rollOut("buckets", "1.0.0", "100", "1.1.0", "0");
		figures.put("0 % serves, of 200,000", "" + count(versions("buckets"), "1.1.0"));
		rollOut("buckets", "1.0.0", "90", "1.1.0", "10");
		List<String> ten = versions("buckets");
		figures.put("10 % serves", percent(count(ten, "1.1.0")));
		rollOut("buckets", "1.0.0", "89", "1.1.0", "10", "1.2.0", "1");
		List<String> three = versions("buckets");
		figures.put("a third version at 1 % moves",
				percent((int) IntStream.range(0, SUBJECTS).filter((i) -> !ten.get(i).equals(three.get(i))).count()));
		rollOut("buckets", "1.0.0", "50", "1.1.0", "50");
		rollOut("buckets-other", "1.0.0", "50", "1.1.0", "50");
		figures.put("correlation of two modules at 50 %",
				"%.4f".formatted(correlation(versions("buckets"), versions("buckets-other"))));
		return figures;
	}

	private void rollOut(String module, String... versionsAndShares) throws IOException, InterruptedException {
		String shares = IntStream.range(0, versionsAndShares.length / 2)
			.mapToObj((i) -> "{\"version\": \"%s\", \"share\": %s}".formatted(versionsAndShares[2 * i],
					versionsAndShares[2 * i + 1]))
			.collect(Collectors.joining(", "));
		this.api.put("/modules/%s/channels/stable".formatted(module), "{\"rollout\": [%s]}".formatted(shares));
	}

	private List<String> versions(String module) throws IOException, InterruptedException {
		List<String> versions = new ArrayList<>(SUBJECTS);
		for (int start = 0; start < SUBJECTS; start += AT_ONCE) {
			String query = IntStream.range(start, start + AT_ONCE)
				.mapToObj((i) -> "subject=p" + i)
				.collect(Collectors.joining("&"));
			for (JsonNode answer : this.api.get("/modules/%s/resolution?%s".formatted(module, query))) {
				versions.add(answer.path("version").stringValue());
			}
		}
		return versions;
	}

	private static int count(List<String> versions, String version) {
		return (int) versions.stream().filter(version::equals).count();
	}

	private static String percent(int people) {
		return "%.3f %%".formatted(100.0 * people / SUBJECTS);
	}

	/** Correlation of two choices that are each made for half of the people. */
	private static double correlation(List<String> one, List<String> other) {
		double n = one.size();
		double a = count(one, "1.1.0") / n;
		double b = count(other, "1.1.0") / n;
		double both = IntStream.range(0, one.size())
			.filter((i) -> one.get(i).equals("1.1.0") && other.get(i).equals("1.1.0"))
			.count() / n;
		return (both - a * b) / Math.sqrt(a * (1 - a) * b * (1 - b));
	}

}
