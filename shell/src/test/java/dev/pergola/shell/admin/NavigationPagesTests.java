package dev.pergola.shell.admin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.shell.Catalogs;
import dev.pergola.shell.FakeRegistry;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

/** The editor of the navigation, without any script. */
@ShellTest
@Tag("AD-17")
class NavigationPagesTests {

	private final FakeRegistry registry;

	private static final String DRAFT = """
			{ "begun": %s, "base": %d, "live": 7, "undo": %d, "redo": 0, "at": null, "by": "ada",
			  "navigation": { "groups": [ { "id": "ecosystem", "title": { "en": "Ecosystem" }, "order": 10 } ], "items": [ %s ] } }""";

	private static final String MANY = """
			{ "schema": 1, "module": "m%1$d", "version": "1.0.0", "team": { "name": "many" },
			  "entry": { "format": "esm", "file": "m.js" },
			  "pages": [ { "id": "list", "path": "/m%1$d", "element": "m-list" } ],
			  "navigation": [ { "id": "m%1$d", "page": "list", "group": "g%2$d", "order": %3$d } ] }""";

	private final InMemoryCatalogSource catalog;

	private final WebTestClient admin;

	NavigationPagesTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired FakeRegistry registry) {
		this.registry = registry;
		this.catalog = catalog;
		this.admin = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16_000_000))
			.build()
			.mutateWith(People.admin());
	}

	@BeforeEach
	void usual() {
		this.registry.reset();
		draft("\"7\"", false, 7, 0, "");
		this.registry.on("GET /navigation/draft/diff", 200, "{\"changes\":[],\"affected\":{\"people\":0}}");
		this.registry.on("GET /navigation/lint?of=draft", 200, "[]");
		this.registry.on("GET /navigation/versions?limit=20", 200,
				"[{\"revision\":5,\"at\":\"2026-11-22T18:00:00Z\",\"by\":\"ada\",\"reason\":null}]");
		this.catalog.set(Catalogs.usual());
	}

	private void draft(String tag, boolean begun, int base, int undo, String items) {
		this.registry.on("GET /navigation/draft", 200, tag, DRAFT.formatted(begun, base, undo, items));
	}

	@Test
	@Tag("AD-2")
	void aMoveIsAStepOfTheDraftAndIsSaid() {
		String start = get("/admin/navigation", 200);
		assertThat(start).contains("aria-label=\"Move Partnerships up\"").doesNotContain("Your draft changes");
		this.registry.on("PUT /navigation/draft", 200, "{}");
		post("/admin/navigation", "tag", field(start, "tag"), "do", "up:partnerships/partnerships").exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location(
					"/admin/navigation?said=save&at=partnerships%2Fpartnerships#pergola-item-partnerships-partnerships");
		assertThat(this.registry.writes()).hasSize(1);
		assertThat(this.registry.writes().getFirst()).startsWith("PUT /navigation/draft \"7\"")
			.contains("\"module\":\"partnerships\"")
			.doesNotContain("organizations");
		assertThat(get("/admin/navigation?said=save&at=partnerships%2Fpartnerships", 200))
			.contains("“Partnerships” is at place 2 in “Ecosystem”.");
	}

	@Test
	@Tag("AD-2")
	void everyMoveIsAFormOfItsOwn() {
		this.registry.on("PUT /navigation/draft", 200, "{}");
		String page = get("/admin/navigation/item?key=partnerships/partnerships", 200);
		assertThat(page).contains("value=\"out:partnerships/partnerships\"", "value=\"top:partnerships/partnerships\"",
				"name=\"to:partnerships/partnerships\"", "name=\"icon:partnerships/partnerships\"");
		assertThat(step(page, "out")).contains("\"id\":\"partnerships\",\"group\":\"\"");
		assertThat(step(page, "move", "to:partnerships/partnerships", "ecosystem", "at:partnerships/partnerships", "1"))
			.contains("\"id\":\"partnerships\",\"order\"");
		assertThat(step(page, "name", "icon:partnerships/partnerships", "star")).contains("\"icon\":\"star\"")
			.doesNotContain("title\":{\"en\":\"Partnerships");
		get("/admin/navigation/item?key=nobody/nothing", 404);
	}

	@Test
	@Tag("AD-2")
	void groupsAreArrangedOnAPageOfTheirOwn() {
		this.registry.on("GET /navigation/draft", 200, "\"7\"",
				DRAFT.formatted(true, 7, 0, "")
					.replace("\"order\": 10 }",
							"\"order\": 10 }, { \"id\": \"work\", \"title\": { \"en\": \"Work\" }, \"order\": 20 }"));
		this.registry.on("PUT /navigation/draft", 200, "{}");
		String page = get("/admin/navigation/group?id=work", 200);
		assertThat(page).contains("name=\"parent:work\"", "value=\"in-group:work\"");
		post("/admin/navigation", "tag", field(page, "tag"), "do", "in-group:work").exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/navigation?said=save&at=group%3Awork");
		assertThat(this.registry.writes().getLast()).contains("\"parent\":\"ecosystem\"");
		assertThat(get("/admin/navigation?said=save&at=group:work", 200))
			.contains("Group “Work” is at place 2 among the groups.");
		get("/admin/navigation/group?id=gone", 404);
	}

	@Test
	void aLinkIsAimedAtPeople() {
		this.registry.on("GET /navigation/draft", 200, "\"7\"", DRAFT.formatted(true, 7, 0, "")
			.replace("\"items\": [",
					"\"links\": [ { \"id\": \"handbook\", \"title\": { \"en\": \"Handbook\" }, \"href\": \"/reports\", \"requires\": [ \"vip\" ] } ], \"items\": ["));
		this.registry.on("PUT /navigation/draft", 200, "{}");
		String page = get("/admin/navigation/item?key=/handbook", 200);
		assertThat(page).contains("name=\"requires:/handbook\" value=\"vip\"");
		post("/admin/navigation", "tag", field(page, "tag"), "do", "name:/handbook", "href:/handbook", "/deals",
				"requires:/handbook", "business, deals:read")
			.exchange()
			.expectStatus()
			.isSeeOther();
		assertThat(this.registry.writes().getLast()).contains("\"href\":\"/deals\"",
				"\"requires\":[\"business\",\"deals:read\"]");
	}

	private String step(String page, String what, String... fields) {
		String[] all = java.util.Arrays.copyOf(
				new String[] { "tag", field(page, "tag"), "do", what + ":partnerships/partnerships" },
				4 + fields.length);
		System.arraycopy(fields, 0, all, 4, fields.length);
		post("/admin/navigation", all).exchange().expectStatus().isSeeOther();
		return this.registry.writes().getLast();
	}

	@Test
	@Tag("AD-15")
	void aFileOfYamlIsTakenOver() {
		this.registry.on("PUT /navigation/draft", 200, "{}");
		upload("groups: []\n# Ä\n").expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/navigation?said=import");
		assertThat(this.registry.writes().getLast()).isEqualTo("PUT /navigation/draft \"7\" groups: []\n# Ä");
		upload("#".repeat(1_100_000)).expectStatus().isEqualTo(413);
		assertThat(this.registry.writes()).hasSize(1);
	}

	private WebTestClient.ResponseSpec upload(String yaml) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("tag", "\"7\"");
		form.part("text", "groups: [] # not this");
		form.part("file", yaml.getBytes(StandardCharsets.UTF_8)).filename("navigation.yaml");
		return this.admin.post()
			.uri("/admin/navigation/yaml")
			.header("Sec-Fetch-Site", "same-origin")
			.body(BodyInserters.fromMultipartData(form.build()))
			.exchange();
	}

	/** Compared with itself, as machines differ: ten times the items, not a hundred. */
	@Test
	@Tag("AD-19")
	void aThousandItemsTakeTenTimesAsLongAsAHundred() {
		long hundred = nanosFor(100);
		long thousand = nanosFor(1000);
		assertThat(thousand).isLessThan(15 * hundred);
	}

	private long nanosFor(int items) {
		this.catalog.set(Catalogs.of(IntStream.range(0, items)
			.mapToObj((i) -> Catalogs.on(Catalogs.manifest(MANY.formatted(i, i / 10, i))))
			.toArray(CatalogModule[]::new)));
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 8; i++) {
			long start = System.nanoTime();
			String page = get("/admin/navigation", 200);
			best = Math.min(best, System.nanoTime() - start);
			assertThat(page).contains("value=\"up:m%1$d/m%1$d\"".formatted(items - 1));
		}
		return best;
	}

	@Test
	@Tag("AD-3")
	void aStaleMoveChangesNothing() {
		String page = text(post("/admin/navigation", "tag", "\"6\"", "do", "up:partnerships/partnerships"), 409);
		assertThat(page).contains("Somebody else changed the draft meanwhile");
		assertThat(this.registry.writes()).isEmpty();
	}

	@Test
	@Tag("AD-4")
	void theDiffIsShownAndPublishedAsItWasSeen() {
		draft("\"9\"", true, 7, 3, "");
		this.registry.on("GET /navigation/draft/diff", 200,
				"""
						{ "changes": [ { "sentence": "“Reports” is hidden." } ], "affected": { "everyone": false, "roles": [ [ "deals:read", "vip" ] ] } }""");
		String page = get("/admin/navigation", 200);
		assertThat(page).contains("“Reports” is hidden.", "deals:read and vip", "Undo (3)", "value=\"publish\"");
		this.registry.on("POST /navigation/draft/publish?draft=9", 200, "{}");
		post("/admin/navigation", "tag", field(page, "tag"), "live", field(page, "live"), "do", "publish").exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/navigation?done=navigation");
		assertThat(this.registry.writes().getFirst()).startsWith("POST /navigation/draft/publish?draft=9 \"7\"");
	}

	@Test
	@Tag("AD-8")
	void aConflictLeadsToTheMergeWhereEachFieldIsChosen() {
		draft("\"9\"", true, 6, 1, "");
		assertThat(get("/admin/navigation", 200)).contains("Somebody else published meanwhile")
			.doesNotContain("value=\"publish\"");
		this.registry.on("POST /navigation/draft/publish?draft=9", 412, "{\"conflicts\":[]}");
		post("/admin/navigation", "tag", "\"9\"", "live", "7", "do", "publish").exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/navigation/merge");
		this.registry.on("GET /navigation/draft/merge", 200,
				"""
						{ "conflicts": [ { "path": "/items/legacy~1reports/order", "base": 20, "theirs": 40, "yours": 30 } ] }""");
		String merge = get("/admin/navigation/merge", 200);
		assertThat(merge).contains("legacy/reports, order", "<strong>40</strong>", "<strong>30</strong>");
		this.registry.on("POST /navigation/draft/merge", 200, "{}");
		post("/admin/navigation/merge", "tag", field(merge, "tag"), "choose:/items/legacy~1reports/order", "theirs")
			.exchange()
			.expectStatus()
			.isSeeOther();
		assertThat(this.registry.writes().getLast()).isEqualTo(
				"POST /navigation/draft/merge \"9\" {\"choices\":{\"/items/legacy~1reports/order\":\"theirs\"}}");
	}

	@Test
	@Tag("AD-7")
	void stepsAreUndoneAndVersionsRestored() {
		this.registry.on("POST /navigation/draft/undo", 200, "{}");
		this.registry.on("POST /navigation/versions/5/restore", 200, "{}");
		assertThat(get("/admin/navigation", 200)).contains("value=\"restore:5\"");
		post("/admin/navigation", "tag", "\"9\"", "do", "undo").exchange().expectStatus().isSeeOther();
		post("/admin/navigation", "tag", "\"9\"", "do", "restore:5").exchange().expectStatus().isSeeOther();
		assertThat(this.registry.writes()).containsExactly("POST /navigation/draft/undo \"9\"",
				"POST /navigation/versions/5/restore \"9\"");
	}

	@Test
	@Tag("AD-11")
	void findingsStandAtTheirItems() {
		this.registry.on("GET /navigation/lint?of=draft", 200,
				"""
						[ { "rule": "missing-icon", "severity": "warning", "subject": "legacy/reports", "message": "“Reports” has no icon." } ]""");
		String page = get("/admin/navigation", 200);
		String row = page.substring(page.indexOf("id=\"pergola-item-legacy-reports\""));
		assertThat(row.substring(0, row.indexOf("</th>"))).contains("“Reports” has no icon.");
	}

	@Test
	@Tag("AD-6")
	void looksAsSomebodyElseAndSaysWhy() {
		this.registry.on("GET /navigation/preview?of=draft&role=business&permission=deals%3Aread", 200,
				"[{\"group\":\"Ecosystem\",\"items\":[{\"title\":\"Deals\"}]}]");
		this.registry.on("GET /navigation/why?of=draft&role=business&permission=deals%3Aread&item=deals%2Fdeals", 200,
				"{\"visible\":true,\"rule\":\"shown\",\"sentence\":\"They have it.\"}");
		assertThat(get("/admin/navigation/look?roles=business&permissions=deals:read&item=deals/deals", 200))
			.contains("Ecosystem", "They see ", "They have it.", "people with business, deals:read see it");
	}

	@Test
	@Tag("AD-5")
	void looksAsAPersonByName() {
		this.registry.on("GET /navigation/preview?of=live&subject=gr%26ce&tenant=acme&group=beta", 200, "[]");
		this.registry.on("GET /navigation/why?of=live&subject=gr%26ce&tenant=acme&group=beta&item=deals%2Fdeals", 200,
				"""
						{ "visible": false, "rule": "hidden", "sentence": "Hidden.", "version": { "rule": { "kind": "person" } } }""");
		assertThat(get("/admin/navigation/look?of=live&subject=gr%26ce&tenant=acme&groups=beta&item=deals/deals", 200))
			.contains("as gr&amp;ce with beta of tenant acme sees it", "They do not see ", "version by person",
					"looking is written to the audit")
			.contains("value=\"acme\"");
	}

	@Test
	@Tag("AD-15")
	void yamlIsShownAndTakenOver() {
		this.registry.on("GET /navigation?format=yaml&of=draft", 200, "\"groups: [<b>]\"");
		String page = get("/admin/navigation/yaml", 200);
		assertThat(page).contains("groups: [&lt;b&gt;]");
		this.registry.on("PUT /navigation/draft", 400, "{\"status\":400,\"detail\":\"body has a tag at line 1\"}");
		assertThat(text(post("/admin/navigation/yaml", "tag", field(page, "tag"), "text", "groups: !x []"), 422))
			.contains("body has a tag at line 1", "groups: !x []");
		assertThat(this.registry.writes().getLast()).endsWith("groups: !x []");
	}

	private static String field(String html, String name) {
		Matcher value = Pattern.compile("<input type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\"")
			.matcher(html);
		assertThat(value.find()).isTrue();
		return value.group(1).replace("&quot;", "\"").replace("&amp;", "&");
	}

	private String get(String path, int status) {
		return text(this.admin.get().uri(URI.create(path)), status);
	}

	private WebTestClient.RequestHeadersSpec<?> post(String path, String... fields) {
		BodyInserters.FormInserter<String> form = BodyInserters.fromFormData(fields[0], fields[1]);
		for (int i = 2; i < fields.length; i += 2) {
			form.with(fields[i], fields[i + 1]);
		}
		return this.admin.post()
			.uri(path)
			.header("Sec-Fetch-Site", "same-origin")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(form);
	}

	private static String text(WebTestClient.RequestHeadersSpec<?> request, int status) {
		return String.valueOf(request.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

}
