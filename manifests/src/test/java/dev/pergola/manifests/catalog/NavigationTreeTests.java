package dev.pergola.manifests.catalog;

import java.util.List;
import java.util.Locale;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.NavigationTree.Branch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class NavigationTreeTests {

	private static final Manifest DEALS = JsonMapper.shared()
		.readValue(
				"""
						{ "schema": 1, "module": "deals", "version": "1.0.0", "team": { "name": "deals" },
						  "entry": { "format": "esm", "file": "deals.js" },
						  "pages": [ { "id": "board", "path": "/deals", "title": { "en": "Deals", "de": "Geschäfte" },
						               "element": "deals-board", "requires": [ "deals:read" ] },
						             { "id": "deal", "path": "/deals/{id}", "element": "deals-deal", "requires": [ "deals:one" ] } ],
						  "navigation": [ { "id": "deals", "page": "board", "icon": "briefcase", "group": "ecosystem", "order": 30 } ] }""",
				Manifest.class);

	@Test
	void withoutOverlayTheManifestCounts() {
		NavigationEntry entry = only(Navigation.NONE);
		assertThat(entry.titleIn(Locale.GERMAN)).isEqualTo("Geschäfte");
		assertThat(entry.icon()).isEqualTo("briefcase");
		assertThat(entry.group()).isEqualTo("ecosystem");
		assertThat(entry.requires()).containsExactly("deals:read");
		assertThat(entry.isShown()).isTrue();
	}

	@Test
	@Tag("AD-10")
	void whatIsLockedIsShownHiddenOrNot() {
		assertThat(only(overlay("\"hidden\": true")).isShown()).isFalse();
		assertThat(only(overlay("\"hidden\": true, \"locked\": true")).isShown()).isTrue();
	}

	@Test
	@Tag("AD-14")
	void anItemGoesAnywhereAndKeepsItsAddress() {
		NavigationEntry moved = only(
				overlay("\"group\": \"sales\", \"order\": 5, \"title\": { \"en\": \"Our deals\" }"));
		assertThat(moved.group()).isEqualTo("sales");
		assertThat(moved.order()).isEqualTo(5);
		assertThat(moved.href()).isEqualTo("/deals");
		assertThat(moved.titleIn(Locale.GERMAN)).isEqualTo("Our deals");
		assertThat(moved.icon()).isEqualTo("briefcase");
	}

	@Test
	void aLinkAsksForWhatItsPageAsksFor() {
		NavigationTree tree = NavigationTree.of(List.of(DEALS),
				read("""
						{ "links": [ { "id": "first", "title": { "en": "First deal" }, "href": "/deals/1?tab=all", "requires": [ "vip" ] } ] }"""));
		assertThat(tree.entries().get("/first").requires()).containsExactly("vip", "deals:one");
	}

	@Test
	void groupsStandBelowTheirParents() {
		Navigation overlay = read("""
				{ "groups": [ { "id": "europe", "title": { "en": "Europe" }, "order": 1, "parent": "sales" },
				              { "id": "sales", "title": { "en": "Sales" }, "order": 20 },
				              { "id": "work", "title": { "en": "Work" }, "order": 10 } ],
				  "items": [ { "module": "deals", "id": "deals", "group": "europe" } ] }""");
		List<Branch> branches = NavigationTree.of(List.of(DEALS), overlay).branches(Locale.ENGLISH, (entry) -> true);
		assertThat(branches).extracting(Branch::name).containsExactly("Work", "Sales", "Sales · Europe");
		assertThat(branches).extracting(Branch::depth).containsExactly(2, 2, 3);
		assertThat(branches.getLast().entries()).extracting(NavigationEntry::key).containsExactly("deals/deals");
	}

	@Test
	@Tag("AD-14")
	void noGroupPutsAnItemAtTheTopAndIsWritten() {
		Navigation overlay = overlay("\"group\": \"\"");
		assertThat(only(overlay).group()).isEmpty();
		assertThat(read(JsonMapper.shared().writeValueAsString(overlay))).isEqualTo(overlay);
		assertThat(JsonMapper.shared().writeValueAsString(overlay("\"order\": 1"))).doesNotContain("group\":\"");
	}

	@Test
	void groupsInACircleAreStillThere() {
		Navigation overlay = read(
				"""
						{ "groups": [ { "id": "a", "parent": "b" }, { "id": "b", "parent": "a" }, { "id": "c", "parent": "gone" } ] }""");
		assertThat(NavigationTree.of(List.of(), overlay).branches(Locale.ENGLISH, (entry) -> true))
			.extracting(Branch::group)
			.containsExactly("a", "b", "c");
	}

	@Test
	void anOverlayOfBeforeLinksAndLocksStillReads() {
		Navigation old = read("""
				{ "groups": [ { "id": "a", "title": { "en": "A" }, "order": 1 } ],
				  "items": [ { "module": "deals", "id": "deals", "hidden": true } ] }""");
		assertThat(old).isEqualTo(new Navigation(List.of(new NavigationGroup("a", LocalizedText.of("A"), 1)),
				List.of(new NavigationOverride("deals", "deals", null, null, true, LocalizedText.NONE))));
	}

	@Test
	void pagesAreFoundByTheMostSpecificPath() {
		PortalPages pages = new PortalPages(List.of(DEALS));
		assertThat(pages.find("/deals")).hasValueSatisfying((page) -> assertThat(page.id()).isEqualTo("board"));
		assertThat(pages.find("/deals/7#notes")).hasValueSatisfying((page) -> assertThat(page.id()).isEqualTo("deal"));
		assertThat(pages.find("/deals/7/8")).isEmpty();
		assertThat(pages.find("/")).isEmpty();
	}

	private static NavigationEntry only(Navigation overlay) {
		return NavigationTree.of(List.of(DEALS), overlay).entries().values().iterator().next();
	}

	private static Navigation overlay(String fields) {
		return read("{ \"items\": [ { \"module\": \"deals\", \"id\": \"deals\", %s } ] }".formatted(fields));
	}

	private static Navigation read(String json) {
		return JsonMapper.builder()
			.disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build()
			.readValue(json, Navigation.class);
	}

}
