package dev.pergola.registry.navigation.lint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.navigation.NavigationProperties;
import dev.pergola.registry.request.JsonBody;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("AD-11")
class NavigationLinterTests {

	private static final String GOOD = "\"title\": { \"en\": \"Deals\", \"de\": \"Geschäfte\" }, \"icon\": \"briefcase\"";

	private final NavigationProperties properties = new NavigationProperties(List.of("en", "de"), List.of(),
			List.of("/admin"), 100, DataSize.ofMegabytes(1), 3, 9);

	@Test
	void aGoodNavigationHasNoFinding() {
		assertThat(lint("{}", module("deals", GOOD, "\"deals:read\""))).isEmpty();
	}

	@Test
	void saysWhatATitleAnIconAndARoleLack() {
		List<LintFinding> findings = lint("{}", module("deals", "\"title\": { \"en\": \"Deals\" }", ""));
		assertThat(findings).extracting(LintFinding::rule)
			.containsExactly("missing-translation", "missing-icon", "missing-role");
		assertThat(findings.getFirst().message()).isEqualTo("“Deals” has no title in de.");
		assertThat(findings.getLast().severity()).isEqualTo(Severity.NOTE);
	}

	@Test
	void aLinkToNowhereIsAnErrorAndOneToThePortalIsNot() {
		List<LintFinding> findings = lint(
				"""
						{ "links": [ { "id": "gone", "title": { "en": "Gone", "de": "Weg" }, "href": "/gone?x=1", "icon": "x" },
						             { "id": "admin", "title": { "en": "Admin", "de": "Verwaltung" }, "href": "/admin/audit", "icon": "x" },
						             { "id": "top", "title": { "en": "Deal list", "de": "Liste" }, "href": "/deals", "icon": "x", "requires": [ "vip" ] } ] }""",
				module("deals", GOOD, "\"deals:read\""));
		assertThat(findings.getFirst()).isEqualTo(new LintFinding("dead-route", Severity.ERROR, "/links/0", "/gone",
				"“gone” leads to /gone?x=1, where no live module has a page."));
		assertThat(findings).filteredOn((finding) -> finding.severity() == Severity.ERROR).hasSize(1);
		assertThat(rules(findings)).contains("route-forbidden /top");
	}

	@Test
	void itemsThatAreNotThereAreTold() {
		List<LintFinding> findings = lint(
				"""
						{ "items": [ { "module": "nobody", "id": "x", "order": 1 }, { "module": "deals", "id": "x", "order": 1 },
						             { "module": "idle", "id": "idle", "order": 1 } ] }""",
				module("deals", GOOD, "\"deals:read\""), idle());
		assertThat(findings).extracting(LintFinding::rule, LintFinding::pointer)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("unknown-module", "/items/0"),
					org.assertj.core.groups.Tuple.tuple("unknown-item", "/items/1"),
					org.assertj.core.groups.Tuple.tuple("seen-by-nobody", "/items/2"));
	}

	@Test
	@Tag("AD-10")
	void lockedAndHiddenIsAnError() {
		assertThat(lint(
				"{ \"items\": [ { \"module\": \"deals\", \"id\": \"deals\", \"locked\": true, \"hidden\": true } ] }",
				module("deals", GOOD, "\"deals:read\"")))
			.extracting(LintFinding::rule)
			.containsExactly("locked-hidden");
	}

	@Test
	void twoOfOneNameInAGroupAreToldInEachLanguage() {
		assertThat(lint("{}", module("deals", GOOD, "\"deals:read\""),
				module("sales", GOOD.replace("Geschäfte", "Handel"), "\"deals:read\"")))
			.extracting(LintFinding::rule)
			.containsExactly("duplicate-label");
	}

	@Test
	void tooDeepAndTooManyAreTold() {
		List<CatalogModule> modules = new ArrayList<>(IntStream.range(0, 10)
			.mapToObj((i) -> module("m" + i, GOOD.replace("Deals", "Deals" + i).replace("Geschäfte", "G" + i), "\"r\""))
			.toList());
		String title = "\"title\": { \"en\": \"%1$s\", \"de\": \"%1$s\" }";
		List<LintFinding> findings = NavigationLinter.lint(this.properties, modules, read("""
				{ "groups": [ { "id": "a", %s }, { "id": "b", "parent": "a", %s }, { "id": "c", "parent": "b", %s } ],
				  "items": [ { "module": "m0", "id": "m0", "group": "c" } ] }""".formatted(title.formatted("A"),
				title.formatted("B"), title.formatted("C"))));
		assertThat(rules(findings)).contains("too-deep group:c");
		assertThat(rules(lint("{}", modules.toArray(CatalogModule[]::new))))
			.contains("too-many-siblings group:ecosystem");
	}

	@Test
	void aRoleNobodyCanHaveIsToldWhenRolesAreKnown() {
		NavigationProperties known = new NavigationProperties(List.of("en"), List.of("business"), List.of(), 100,
				DataSize.ofMegabytes(1), 3, 9);
		assertThat(
				rules(NavigationLinter.lint(known, List.of(module("deals", GOOD, "\"deals:read\"")), Navigation.NONE)))
			.contains("seen-by-nobody deals/deals");
	}

	@Test
	@Tag("AD-19")
	void aThousandItemsAreCheckedWithoutDelay() {
		CatalogModule[] modules = IntStream.range(0, 1000)
			.mapToObj((i) -> module("m" + i, GOOD.replace("Deals", "Deals" + i), "\"r\""))
			.toArray(CatalogModule[]::new);
		String links = IntStream.range(0, 1000)
			.mapToObj(
					(i) -> "{ \"id\": \"l%1$d\", \"title\": { \"en\": \"L%1$d\" }, \"href\": \"/m%1$d\" }".formatted(i))
			.collect(Collectors.joining(","));
		long start = System.nanoTime();
		assertThat(lint("{ \"links\": [ %s ] }".formatted(links), modules)).isNotEmpty();
		assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
	}

	private List<LintFinding> lint(String overlay, CatalogModule... modules) {
		return NavigationLinter.lint(this.properties, List.of(modules), read(overlay))
			.stream()
			.filter((finding) -> !finding.subject().equals("group:ecosystem") || finding.rule().startsWith("too"))
			.toList();
	}

	private static List<String> rules(List<LintFinding> findings) {
		return findings.stream().map((finding) -> finding.rule() + " " + finding.subject()).toList();
	}

	private static Navigation read(String json) {
		return JsonBody.read(json.getBytes(StandardCharsets.UTF_8), Navigation.class);
	}

	private static CatalogModule module(String name, String item, String requires) {
		Manifest manifest = JsonMapper.shared()
			.readValue("""
					{ "schema": 1, "module": "%1$s", "version": "1.0.0", "team": { "name": "many" },
					  "entry": { "format": "esm", "file": "m.js" },
					  "pages": [ { "id": "list", "path": "/%1$s", "element": "m-list", "requires": [ %3$s ] } ],
					  "navigation": [ { "id": "%1$s", "page": "list", "group": "ecosystem", "order": 1, %2$s } ] }"""
				.formatted(name, item, requires), Manifest.class);
		return new CatalogModule(name, "many", true, null, null, List.of(RolloutShare.of("1.0.0", 100)), List.of(),
				Map.of(), Map.of("1.0.0", manifest));
	}

	private static CatalogModule idle() {
		CatalogModule module = module("idle", GOOD, "\"r\"");
		return new CatalogModule("idle", "many", true, null, null, List.of(), List.of(), Map.of(), module.versions());
	}

}
