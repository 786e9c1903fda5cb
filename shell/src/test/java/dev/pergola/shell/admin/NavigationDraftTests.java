package dev.pergola.shell.admin;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.shell.Catalogs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NavigationDraftTests {

	private static final String LARGE = """
			{ "schema": 1, "module": "m%1$d", "version": "1.0.0", "team": { "name": "many" },
			  "entry": { "format": "esm", "file": "m.js" },
			  "pages": [ { "id": "list", "path": "/m%1$d", "element": "m-list" } ],
			  "navigation": [ { "id": "m%1$d", "page": "list", "group": "g%2$d", "order": %3$d } ] }""";

	private final Catalog catalog = Catalogs.usual();

	/**
	 * A move changes position only: entries and their settings are equal before and
	 * after.
	 */
	@Test
	@Tag("AD-3")
	void movesChangePlacesAndNothingElse() {
		Random random = new Random(4711);
		NavigationDraft draft = NavigationDraft.of(this.catalog, this.catalog.navigation())
			.group("work", LocalizedText.of("Work"));
		List<String> before = settings(draft);
		List<String> keys = List.copyOf(draft.nodes().keySet());
		for (int i = 0; i < 500; i++) {
			String key = keys.get(random.nextInt(keys.size()));
			draft = random.nextBoolean() ? draft.move(key, random.nextInt(4))
					: draft.moveTo(key, random.nextBoolean() ? "work" : "ecosystem");
			assertThat(settings(draft)).containsExactlyInAnyOrderElementsOf(before);
		}
	}

	@Test
	@Tag("AD-14")
	void anItemOfAGroupIsMovedToTheTopAndBack() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, Navigation.NONE);
		NavigationNode node = draft.nodes().get("partnerships/partnerships");
		assertThat(node.group()).isNotEmpty();
		NavigationDraft top = draft.moveTo(node.key(), "");
		assertThat(top.groups().getFirst().items()).extracting(NavigationNode::key).contains(node.key());
		assertThat(top.overlay().items().getFirst().group()).isEmpty();
		NavigationDraft back = top.moveTo(node.key(), node.group());
		assertThat(back.overlay().items().getFirst().group()).isNull();
	}

	@Test
	@Tag("AD-3")
	void groupsMoveAmongThoseBesideThemAndNeverBelowThemselves() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, this.catalog.navigation())
			.group("work", LocalizedText.of("Work"))
			.group("play", LocalizedText.of("Play"))
			.moveGroup("work", "ecosystem", 0)
			.moveGroup("play", "work", 0);
		assertThat(draft.group("play").path()).isEqualTo("Ecosystem · Work · Play");
		assertThat(draft.moveGroup("work", "play", 0)).isSameAs(draft);
		assertThat(draft.moveGroup("work", "work", 0)).isSameAs(draft);
		List<String> before = settings(draft);
		NavigationDraft out = draft.moveGroup("play", "ecosystem", 0);
		assertThat(out.below("ecosystem")).extracting(NavigationDraft.Group::id).containsExactly("play", "work");
		assertThat(out.placeOfGroup("work")).isEqualTo(1);
		assertThat(settings(out)).containsExactlyInAnyOrderElementsOf(before);
	}

	@Test
	void whatAModuleProposesAnywayIsNotKept() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, Navigation.NONE);
		NavigationNode node = draft.nodes().get("partnerships/partnerships");
		NavigationDraft other = draft.draw(node.key(), "star");
		assertThat(other.nodes().get(node.key()).icon()).isEqualTo("star");
		assertThat(other.overlay().items().getFirst().title().isEmpty()).isTrue();
		assertThat(other.draw(node.key(), node.icon()).rename(node.key(), node.title()).overlay())
			.isEqualTo(Navigation.NONE);
	}

	@Test
	void publishedDraftReadsAsItWasArranged() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, Navigation.NONE)
			.group("work", LocalizedText.of("Work"))
			.moveTo("organizations/organizations", "work")
			.moveGroup("work", "", 0)
			.rename("partnerships/partnerships", LocalizedText.of("Our partners"))
			.hide("legacy/reports", true);
		NavigationDraft again = NavigationDraft.of(this.catalog,
				Catalogs.JSON.readValue(Catalogs.JSON.writeValueAsString(draft.overlay()), Navigation.class));
		assertThat(again.groups()).isEqualTo(draft.groups());
		assertThat(again.groups().get(1).id()).isEqualTo("work");
		assertThat(again.groups().get(1).items()).extracting(NavigationNode::module).containsExactly("organizations");
		assertThat(again.nodes().get("legacy/reports").hidden()).isTrue();
	}

	@Test
	void ownTitleComesBackWhenTheirsIsTakenAway() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, Navigation.NONE)
			.rename("partnerships/partnerships", LocalizedText.of("Our partners"))
			.rename("partnerships/partnerships", LocalizedText.NONE);
		assertThat(NavigationDraft.of(this.catalog, draft.overlay()).nodes().get("partnerships/partnerships").name())
			.isEqualTo("Partnerships");
	}

	@Test
	@Tag("AD-3")
	void aMoveTouchesNoOtherEntryWhereThereIsRoom() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, Navigation.NONE).move("partnerships/partnerships", 0);
		assertThat(draft.placeOf("partnerships/partnerships")).isZero();
		assertThat(draft.overlay().items()).hasSize(1);
	}

	@Test
	void takingAChangeBackLeavesNothingBehind() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, Navigation.NONE)
			.hide("legacy/reports", true)
			.hide("legacy/reports", false)
			.lock("legacy/reports", true)
			.lock("legacy/reports", false);
		assertThat(draft.overlay()).isEqualTo(Navigation.NONE);
	}

	@Test
	void linksAreArrangedAsItemsAre() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, this.catalog.navigation())
			.link("handbook", LocalizedText.of("Handbook"), "/reports", "ecosystem")
			.move("/handbook", 0)
			.rename("/handbook", LocalizedText.of("Manual"))
			.hide("/handbook", true);
		assertThat(draft.groups().get(1).items().getFirst().name()).isEqualTo("Manual");
		assertThat(draft.overlay().links().getFirst().href()).isEqualTo("/reports");
		assertThat(draft.overlay().links().getFirst().hidden()).isTrue();
		assertThat(draft.remove("/handbook").overlay().links()).isEmpty();
	}

	@Test
	@Tag("AD-19")
	void aThousandEntriesAreArrangedWithoutDelay() {
		Catalog large = Catalogs.of(IntStream.range(0, 1000)
			.mapToObj((i) -> Catalogs.on(Catalogs.manifest(LARGE.formatted(i, i % 20, i))))
			.toArray(CatalogModule[]::new));
		NavigationDraft draft = NavigationDraft.of(large, Navigation.NONE);
		long start = System.nanoTime();
		for (int i = 0; i < 20; i++) {
			draft = draft.move("m%d/m%d".formatted(i, i), 25);
		}
		assertThat(draft.nodes()).hasSize(1000);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
	}

	private static List<String> settings(NavigationDraft draft) {
		return draft.groups()
			.stream()
			.flatMap((group) -> group.items().stream())
			.map((node) -> node.key() + node.title() + node.hidden() + node.locked() + node.icon() + node.href())
			.toList();
	}

}
