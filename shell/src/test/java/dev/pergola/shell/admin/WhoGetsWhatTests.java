package dev.pergola.shell.admin;

import java.util.List;
import java.util.Map;

import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.manifests.catalog.RuleKind;
import dev.pergola.shell.Catalogs;
import dev.pergola.shell.FakeRegistry;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
@Tag("registry-11")
class WhoGetsWhatTests {

	private final FakeRegistry registry;

	private static final String MODULE = """
			{ "module": "partnerships", "team": "partnerships", "enabled": true, "reason": null, "revision": 7,
			  "channels": { "canary": { "rollout": [ { "version": "1.2.0", "share": 100 } ], "overrides": [] },
			    "stable": { "rollout": [ { "version": "1.0.0", "share": 100 } ],
			    "overrides": [ { "role": "admin", "channel": "canary" }, { "person": "ada", "version": "1.1.0" } ] } },
			  "versions": [ { "version": "1.1.0", "sizeBytes": 1, "publishedAt": "2026-11-22T18:00:00Z", "publishedBy": "ci" },
			    { "version": "1.0.0", "sizeBytes": 1, "publishedAt": "2026-11-20T18:00:00Z", "publishedBy": "ci" } ] }""";

	private static final String PLANS = """
			[ { "id": "p1", "module": "partnerships", "channel": "stable", "state": "planned",
			    "rollout": [ { "version": "1.1.0", "share": 5 }, { "version": "1.0.0", "share": 95 } ], "overrides": [],
			    "startsAt": "2100-12-01T08:00:00+01:00", "endsAt": null, "plannedAt": "2026-11-22T18:00:00Z",
			    "plannedBy": "grace", "reason": "Trade fair <b>", "problem": null },
			  { "id": "p2", "module": "partnerships", "channel": "canary", "state": "failed", "rollout": [],
			    "overrides": [], "startsAt": null, "endsAt": "2026-11-21T08:00:00Z", "plannedAt": "2026-11-20T18:00:00Z",
			    "plannedBy": "grace", "reason": null, "problem": "there is no version 1.3.0" } ]""";

	private final InMemoryCatalogSource catalog;

	private final WebTestClient admin;

	private final WebTestClient developer;

	WhoGetsWhatTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired FakeRegistry registry) {
		this.registry = registry;
		this.catalog = catalog;
		WebTestClient anyone = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.build();
		this.admin = anyone.mutateWith(People.admin());
		this.developer = anyone.mutateWith(People.developer());
	}

	@BeforeEach
	void usual() {
		this.registry.reset();
		this.registry.on("GET /modules/partnerships", 200, MODULE);
		this.registry.on("GET /modules/partnerships/plans", 200, PLANS);
		this.catalog.set(Catalogs.usual());
	}

	@Test
	void saysWhatSomebodyGetsAndWhy() {
		CatalogModule module = new CatalogModule("partnerships", "partnerships", true, null, null,
				List.of(RolloutShare.of("1.0.0", 100)),
				List.of(RolloutOverride.toChannel(RuleKind.ROLE, "admin", "canary"),
						RolloutOverride.toVersion(RuleKind.GROUP, "beta", "1.1.0")),
				Map.of("canary", List.of(RolloutShare.of("1.2.0", 100))),
				Map.of("1.0.0", Catalogs.partnerships("1.0.0"), "1.1.0", Catalogs.partnerships("1.1.0"), "1.2.0",
						Catalogs.partnerships("1.2.0")));
		this.catalog.set(Catalogs.of(module, Catalogs.off(Catalogs.legacy(), "broken")));
		String html = get("/admin/why?subject=ada&roles=business,+admin&groups=beta", 200);
		assertThat(html).contains("What ada gets", "role admin is given channel canary, which points at 1.2.0",
				"everyone is given 1.0.0", "Switched off", "value=\"business, admin\"");
		assertThat(get("/admin/why?subject=ada&groups=beta", 200)).contains("group beta is given 1.1.0");
		assertThat(get("/admin/why?subject=ada&module=leg", 200)).contains("everyone is given 1.0.0", "1 modules")
			.doesNotContain("/admin/modules/partnerships\"");
		assertThat(this.registry.tokens()).isEmpty();
	}

	@Test
	void asksForAPerson() {
		assertThat(get("/admin/why", 200)).doesNotContain("role=\"alert\"").contains("aria-current=\"page\"");
		assertThat(get("/admin/why?roles=admin", 422)).contains("Name a person.");
		this.developer.get().uri("/admin/why").exchange().expectStatus().isForbidden();
	}

	@Test
	void showsRulesChannelsAndPlans() {
		assertThat(get("/admin/modules/partnerships", 200))
			.contains("2100-12-01 08:00 +01:00", "1.1.0 5 %, 1.0.0 95 %", "Trade fair &lt;b&gt;",
					"there is no version 1.3.0", "channel canary", "what channel <code>canary</code> points at",
					"/plans/p1/cancel", "/admin/why?module=partnerships")
			.doesNotContain("/plans/p2/cancel");
	}

	@Test
	void plansAStartAndAnEndInATimeZone() {
		this.registry.on("PUT /modules/partnerships/channels/stable", 202, "{}");
		form("/admin/modules/partnerships/rollout", "version", "1.1.0", "share", "5", "rest", "1.0.0", "startsAt",
				"2100-07-01T08:00", "endsAt", "2100-12-01T08:00", "zone", "Europe/Berlin", "tag", "\"7\"")
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/modules/partnerships?done=planned");
		JsonNode body = Catalogs.JSON
			.readTree(this.registry.writes().getFirst().substring(this.registry.writes().getFirst().indexOf('{')));
		assertThat(body.path("startsAt").asString()).isEqualTo("2100-07-01T08:00:00+02:00");
		assertThat(body.path("endsAt").asString()).isEqualTo("2100-12-01T08:00:00+01:00");
		assertThat(body.path("overrides").toString()).contains("{\"role\":\"admin\",\"channel\":\"canary\"}");
		assertThat(get("/admin/modules/partnerships?done=planned", 200)).contains("The change is planned.");
	}

	@Test
	void keepsWhatWasFilledInWhenATimeIsRefused() {
		String[] fields = { "version", "1.1.0", "share", "7.5", "rest", "1.0.0", "startsAt", "2100-07-01T08:00",
				"endsAt", "", "zone", "Mars/Phobos" };
		String html = text(form("/admin/modules/partnerships/rollout", fields), 422);
		assertThat(html).contains("There is no time zone “Mars/Phobos”. Nothing was changed.", "role=\"alert\"",
				"value=\"7.5\"", "value=\"2100-07-01T08:00\"");
		assertThat(this.registry.writes()).isEmpty();
		fields[11] = "+01:00";
		fields[7] = "soon";
		assertThat(text(form("/admin/modules/partnerships/rollout", fields), 422))
			.contains("Start “soon” is no date and time");
		fields[7] = "2000-07-01T08:00";
		this.registry.on("PUT /modules/partnerships/channels/stable", 422, """
				{ "status": 422, "detail": "the change cannot be planned so",
				  "findings": [ { "pointer": "/startsAt", "message": "startsAt: is in the past" } ] }""");
		assertThat(text(form("/admin/modules/partnerships/rollout", fields), 422)).contains("is in the past",
				"value=\"2000-07-01T08:00\"");
	}

	@Test
	void setsAndRemovesARule() {
		assertThat(get("/admin/modules/partnerships", 200)).contains("Remove the rule for person ada",
				"what channel canary points at</option>", "Set a rule");
		this.registry.on("PUT /modules/partnerships/channels/stable", 200, "{}");
		form("/admin/modules/partnerships/rules", "kind", "group", "name", "beta", "gives", "channel:canary", "tag",
				"\"7\"")
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/modules/partnerships?done=rule-added");
		form("/admin/modules/partnerships/rules", "kind", "role", "name", "admin", "gives", "version:1.1.0", "tag",
				"\"7\"")
			.expectStatus()
			.isSeeOther();
		form("/admin/modules/partnerships/rules/remove", "kind", "person", "name", "ada", "tag", "\"7\"").expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/modules/partnerships?done=rule-removed");
		String put = "PUT /modules/partnerships/channels/stable \"7\" ";
		assertThat(this.registry.writes()).allMatch((write) -> write.startsWith(put))
			.allMatch((write) -> Catalogs.JSON.readTree(write.substring(put.length()))
				.path("rollout")
				.toString()
				.equals("[{\"version\":\"1.0.0\",\"share\":100}]"))
			.extracting((write) -> Catalogs.JSON.readTree(write.substring(put.length())).path("overrides").toString())
			.containsExactly(
					"[{\"role\":\"admin\",\"channel\":\"canary\"},{\"person\":\"ada\",\"version\":\"1.1.0\"},"
							+ "{\"group\":\"beta\",\"channel\":\"canary\"}]",
					"[{\"role\":\"admin\",\"version\":\"1.1.0\"},{\"person\":\"ada\",\"version\":\"1.1.0\"}]",
					"[{\"role\":\"admin\",\"channel\":\"canary\"}]");
	}

	@Test
	void saysAtTheFieldWhatIsWrongWithARule() {
		this.registry.on("PUT /modules/partnerships/channels/stable", 422,
				"""
						{ "status": 422, "detail": "the channel cannot be pointed there", "findings": [
						  { "pointer": "/overrides/2/group", "message": "overrides[2].group: must be letters" },
						  { "pointer": "/overrides/2/version", "message": "overrides[2].version: there is no version 9" } ] }""");
		String html = text(form("/admin/modules/partnerships/rules", "kind", "group", "name", "<b> c", "gives",
				"version:9", "tag", "\"7\""), 422);
		assertThat(html).contains("value=\"&lt;b&gt; c\"", "<option value=\"group\" selected=\"selected\">",
				"aria-describedby=\"pergola-name-hint pergola-name-error\"", "aria-invalid=\"true\"",
				"class=\"pergola-error\">must be letters",
				"id=\"pergola-gives-error\" class=\"pergola-error\">there is no version 9");
		this.registry.on("PUT /modules/partnerships/channels/stable", 412, "{\"detail\":\"somebody was faster\"}");
		assertThat(text(form("/admin/modules/partnerships/rules/remove", "kind", "person", "name", "ada"), 409))
			.contains("somebody was faster", "Remove the rule for person ada");
	}

	@Test
	void cancelsAPlan() {
		this.registry.on("DELETE /modules/partnerships/plans/p1", 204, "");
		form("/admin/modules/partnerships/plans/p1/cancel", "x", "").expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/modules/partnerships?done=plan-cancelled");
		this.registry.on("DELETE /modules/partnerships/plans/p1", 409, "{\"detail\":\"plan p1 is done\"}");
		assertThat(text(form("/admin/modules/partnerships/plans/p1/cancel", "x", ""), 409)).contains("plan p1 is done");
	}

	private String get(String path, int status) {
		return text(this.admin.get().uri(java.net.URI.create(path)).exchange(), status);
	}

	private WebTestClient.ResponseSpec form(String path, String... fields) {
		BodyInserters.FormInserter<String> form = BodyInserters.fromFormData(fields[0], fields[1]);
		for (int i = 2; i < fields.length; i += 2) {
			form.with(fields[i], fields[i + 1]);
		}
		return this.admin.post()
			.uri(path)
			.header("Sec-Fetch-Site", "same-origin")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(form)
			.exchange();
	}

	private static String text(WebTestClient.ResponseSpec answer, int status) {
		return String
			.valueOf(answer.expectStatus().isEqualTo(status).expectBody(String.class).returnResult().getResponseBody());
	}

}
