package dev.pergola.registry.navigation;

import java.util.Map;
import java.util.Random;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.navigation.NavigationMerge.Conflict;
import dev.pergola.registry.navigation.NavigationMerge.Side;
import dev.pergola.registry.request.JsonBody;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("AD-8")
class NavigationMergeTests {

	private static final Navigation BASE = item("\"order\": 10, \"title\": { \"en\": \"Deals\" }");

	@Test
	void fieldsThatDoNotTouchAreBothKept() {
		NavigationMerge merge = NavigationMerge.of(BASE,
				item("\"order\": 20, \"title\": { \"en\": \"Deals\", \"de\": \"Geschäfte\" }"),
				item("\"order\": 10, \"locked\": true, \"title\": { \"en\": \"Our deals\" }"), Map.of());
		assertThat(merge.conflicts()).isEmpty();
		assertThat(merge.merged()).isEqualTo(
				item("\"order\": 20, \"locked\": true, \"title\": { \"en\": \"Our deals\", \"de\": \"Geschäfte\" }"));
	}

	@Test
	void theSameChangeOfBothIsNoConflict() {
		Navigation both = item("\"order\": 20");
		assertThat(NavigationMerge.of(BASE, both, both, Map.of()))
			.isEqualTo(new NavigationMerge(both, java.util.List.of()));
	}

	@Test
	void aChangeAndARemovalAreAConflictThatCanBeChosen() {
		Navigation theirs = item("\"order\": 20, \"title\": { \"en\": \"Deals\" }");
		NavigationMerge merge = NavigationMerge.of(BASE, theirs, Navigation.NONE, Map.of());
		assertThat(merge.conflicts()).extracting(Conflict::path).containsExactly("/items/deals~1deals");
		assertThat(merge.conflicts()).extracting(Conflict::pointer).containsExactly("/items/0");
		assertThat(
				NavigationMerge.of(BASE, theirs, Navigation.NONE, Map.of("/items/deals~1deals", Side.YOURS)).merged())
			.isEqualTo(Navigation.NONE);
	}

	/** Whoever changed a field alone gets it: nothing of either side is lost unseen. */
	@Test
	void everyFieldIsTheirsYoursOrAConflict() {
		Random random = new Random(4711);
		for (int i = 0; i < 2000; i++) {
			Navigation base = random(random);
			Navigation theirs = random(random);
			Navigation yours = random(random);
			NavigationMerge merge = NavigationMerge.of(base, theirs, yours, Map.of());
			assertThat(NavigationMerge.of(base, theirs, base, Map.of()).merged()).isEqualTo(normal(theirs));
			assertThat(NavigationMerge.of(base, base, yours, Map.of()).merged()).isEqualTo(normal(yours));
			if (merge.conflicts().isEmpty()) {
				assertThat(KeyedNavigation.of(merge.merged()))
					.isEqualTo(KeyedNavigation.of(NavigationMerge.of(base, yours, theirs, Map.of()).merged()));
			}
		}
	}

	private static Navigation normal(Navigation navigation) {
		return KeyedNavigation.read(KeyedNavigation.of(navigation));
	}

	private static Navigation random(Random random) {
		ObjectNode keyed = KeyedNavigation.of(Navigation.NONE);
		for (String key : new String[] { "a/a", "b/b" }) {
			if (random.nextBoolean()) {
				ObjectNode fields = ((ObjectNode) keyed.get("items")).putObject(key).put("order", random.nextInt(3));
				if (random.nextBoolean()) {
					fields.put("hidden", true);
				}
			}
		}
		return KeyedNavigation.read(keyed);
	}

	private static Navigation item(String fields) {
		return JsonBody.read("{ \"items\": [ { \"module\": \"deals\", \"id\": \"deals\", %s } ] }".formatted(fields)
			.getBytes(java.nio.charset.StandardCharsets.UTF_8), Navigation.class);
	}

}
