package dev.pergola.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.pergola.registry.testing.Bundles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searching and exporting the audit, on every database.
 */
@Tag("registry-18")
@Tag("security-47")
@Tag("ux-AD-12")
public abstract class AuditContract extends RegistryContract {

	@Test
	void findsByModuleTeamActorActionTimeRevisionAndText() {
		String team = name("team");
		String module = name("audited");
		Instant start = Instant.now().minusMillis(5);
		developer(team).publish(module, "1.0.0", Bundles.of(module, "1.0.0", team)).expectStatus().isCreated();
		developer(team).stable(module, "1.0.0").expectStatus().isOk();
		administrator().put("/teams/{team}", "{\"contact\":\"x@example.com\"}", team).expectStatus().isOk();
		administrator().issueToken(team, "{}");
		long revision = service().revision();
		assertThat(actions("module=" + module)).containsExactly("channel.change", "version.publish");
		assertThat(actions("team=" + team)).containsExactly("token.issue", "team.change", "channel.change",
				"version.publish");
		assertThat(actions("team=" + team + "&actor=ada")).containsExactly("token.issue", "team.change");
		assertThat(actions("team=" + team + "&action=t")).containsExactly("token.issue", "team.change");
		assertThat(actions("team=" + team + "&action=team.change")).containsExactly("team.change");
		assertThat(actions("team=" + team + "&from=" + start)).hasSize(4);
		assertThat(actions("team=" + team + "&to=" + start)).isEmpty();
		assertThat(actions("team=" + team + "&to=" + encode("2999-01-01T00:00:00+01:00"))).hasSize(4);
		assertThat(actions("revision=" + revision)).containsExactly("token.issue");
		assertThat(actions("text=" + module.toUpperCase(Locale.ROOT) + "/1.0")).containsExactly("version.publish");
		assertThat(actions("text=" + encode("%") + "&team=" + team)).isEmpty();
		assertThat(actions("module=&team=" + team + "&limit=1")).containsExactly("token.issue");
	}

	@Test
	void saysWhichValueCannotBeRead() {
		administrator().get("/audit?from=yesterday&revision=x")
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[*].pointer")
			.isEqualTo(List.of("/from", "/revision"));
		administrator().get("/audit?format=xlsx").expectStatus().isEqualTo(422);
	}

	@Test
	void exportsAllThatTheFilterLetsThrough() {
		String team = name("team");
		for (int i = 0; i < 230; i++) {
			administrator().issueToken(team, "{\"name\":\"=cmd\"}");
		}
		String csv = file("/audit?format=csv&team=" + team, "text/csv;charset=UTF-8", "audit.csv");
		assertThat(csv.split("\r\n")).hasSize(231)
			.startsWith("id,revision,at,actor,actorKind,address,action,subject,module,before,after,reason");
		String ndjson = file("/audit?format=ndjson&team=" + team, "application/x-ndjson", "audit.ndjson");
		assertThat(ndjson.split("\n")).hasSize(230).allSatisfy((line) -> assertThat(line).contains("token.issue"));
		assertThat(
				file("/audit?format=ndjson&limit=3&team=" + team, "application/x-ndjson", "audit.ndjson").split("\n"))
			.hasSize(3);
	}

	@Test
	void isForAdministratorsAndDevelopers() {
		developer("partners").get("/audit?format=csv&limit=1").expectStatus().isOk();
		service().get("/audit?format=csv").expectStatus().isForbidden();
	}

	private String file(String uri, String type, String name) {
		return administrator().get(uri)
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Content-Type", type)
			.expectHeader()
			.valueEquals("Content-Disposition", "attachment; filename=\"%s\"".formatted(name))
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	@SuppressWarnings("unchecked")
	private List<Object> actions(String query) {
		List<Map<String, Object>> entries = (List<Map<String, Object>>) administrator().http()
			.get()
			.uri((builder) -> URI.create("http://localhost:%d/registry/v1/audit?%s".formatted(this.port, query)))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("entries");
		return entries.stream().map((entry) -> entry.get("action")).toList();
	}

}
