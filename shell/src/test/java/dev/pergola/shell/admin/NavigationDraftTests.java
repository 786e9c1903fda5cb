package dev.pergola.shell.admin;

import java.util.List;
import java.util.Random;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.shell.Catalogs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NavigationDraftTests {

	private final Catalog catalog = Catalogs.usual();

	@Test
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
	void publishedDraftReadsAsItWasArranged() {
		NavigationDraft draft = NavigationDraft.of(this.catalog, Navigation.NONE)
			.group("work", LocalizedText.of("Work"))
			.moveTo("organizations/organizations", "work")
			.moveGroup("work", -1)
			.rename("partnerships/partnerships", LocalizedText.of("Our partners"))
			.hide("legacy/reports", true);
		NavigationDraft again = NavigationDraft.of(this.catalog,
				Catalogs.JSON.readValue(Catalogs.JSON.writeValueAsString(draft.overlay()), Navigation.class));
		assertThat(NavigationDiff.between(draft, again)).isEmpty();
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
	void differenceIsToldInSentences() {
		NavigationDraft before = NavigationDraft.of(this.catalog, this.catalog.navigation());
		NavigationDraft after = before.group("work", LocalizedText.of("Work"))
			.moveTo("legacy/reports", "work")
			.rename("partnerships/partnerships", LocalizedText.of("Our partners"));
		assertThat(NavigationDiff.between(before, after)).containsExactlyInAnyOrder("New group “Work”.",
				"“Reports” moves from “Top, without a heading” to “Work”, place 1.",
				"“Partnerships” is called “Our partners”.");
	}

	private static List<String> settings(NavigationDraft draft) {
		return draft.groups()
			.stream()
			.flatMap((group) -> group.items().stream())
			.map((node) -> node.key() + node.title() + node.hidden())
			.toList();
	}

}
