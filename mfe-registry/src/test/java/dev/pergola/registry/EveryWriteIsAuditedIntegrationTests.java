package dev.pergola.registry;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.pergola.registry.guard.Watchdog;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnH2;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls every operation of the API that changes something, and looks into the audit. A
 * new operation fails here until somebody says what its entry is.
 */
@OnH2
@Tag("registry-18")
@Tag("security-47")
@Tag("ux-AD-12")
class EveryWriteIsAuditedIntegrationTests extends RegistryContract {

	/** They change nothing that anybody decided on. */
	private static final Set<String> NOT_AUDITED = Set.of("report", "diffNavigation");

	/**
	 * They need more than a call; the contracts of their subjects look at their entries.
	 */
	private static final Set<String> ELSEWHERE = Set.of("mergeNavigationDraft", "restoreRevision", "patchImportMap",
			"patchService", "deleteService", "publishPilet");

	@Autowired
	private Watchdog watchdog;

	private final String team = name("team");

	private final String module = name("audited");

	/** Version of the navigation before the one that was published last. */
	private String earlier = "";

	private final Map<String, Operation> operations = new LinkedHashMap<>();

	EveryWriteIsAuditedIntegrationTests() {
		String of = "/teams/" + this.team;
		operation("writeTeam", "team.change", false, true,
				(caller) -> caller.put(of, "{\"contact\":\"%s\"}".formatted(this.team)));
		operation("reserveNames", "names.change", true, true,
				(caller) -> seen(caller, of, of + "/names", "{\"modules\":[\"%s\"]}".formatted(this.module)));
		operation("addMember", "member.add", true, true, (caller) -> caller.put(of + "/members/mia", ""));
		operation("removeMember", "member.remove", true, true, (caller) -> caller.delete(of + "/members/mia"));
		operation("addPublisher", "publisher.add", false, true, (caller) -> caller.post(of + "/publishers", """
				{ "name": "ci", "issuer": "%s", "subject": "repo:a/b" }""".formatted(RegistryClient.CI.uri())));
		operation("removePublisher", "publisher.remove", true, false,
				(caller) -> caller.delete(of + "/publishers/" + id(caller, of + "/publishers")));
		operation("issueToken", "token.issue", false, true, (caller) -> caller.post(of + "/tokens", "{}"));
		operation("revokeToken", "token.revoke", true, false,
				(caller) -> caller.delete(of + "/tokens/" + id(caller, of + "/tokens")));
		operation("publishVersion", "version.publish", false, true,
				(caller) -> caller.publish(this.module, "1.0.0", Bundles.of(this.module, "1.0.0", this.team)));
		String one = "/modules/" + this.module;
		operation("changeChannel", "channel.change", true, true, (caller) -> caller.stable(this.module, "1.0.0"));
		operation("changeVersionState", "version.disable", true, true,
				(caller) -> caller.put(one + "/versions/1.0.0/state", "{\"enabled\":false,\"reason\":\"leaks\"}"));
		operation("changeGuard", "guard.change", false, true,
				(caller) -> seen(caller, one + "/guard", one + "/guard", "{\"maxErrorRate\":1,\"minLoads\":5}"));
		operation("resumeGuard", "channel.change", true, true, (caller) -> {
			stopGuard(caller);
			return caller.post(one + "/guard/resume", "");
		});
		operation("changeState", "module.disable", true, true,
				(caller) -> caller.put(one + "/state", "{\"enabled\":false,\"reason\":\"leaks\"}"));
		operation("cancelPlan", "plan.cancel", true, false, (caller) -> {
			caller
				.put(one + "/channels/canary",
						"""
								{ "rollout": [ { "version": "1.0.0", "share": 100 } ], "startsAt": "%s" }"""
							.formatted(Instant.now().plus(Duration.ofDays(1))))
				.expectStatus()
				.isAccepted();
			return caller.delete(one + "/plans/" + id(caller, one + "/plans"));
		});
		operation("handOver", "module.hand-over", true, true, (caller) -> {
			seen(caller, of, of + "/names", "{}").expectStatus().isOk();
			return caller.put(one + "/team", "{\"team\":\"partners\"}");
		});
		operation("changeNavigation", "navigation.change", true, true, (caller) -> seen(caller, "/navigation",
				"/navigation", "{\"groups\":[{\"id\":\"%s\",\"title\":{\"en\":\"A\"}}]}".formatted(this.team)));
		operation("changeVersionState", "version.disable", true, true,
				(caller) -> caller.put(one + "/versions/1.0.0/state", "{\"enabled\":false,\"reason\":\"leaks\"}"));
		String draft = "/navigation/draft";
		operation("changeNavigationDraft", "navigation-draft.save", true, true, (caller) -> seen(caller, draft, draft,
				"{\"groups\":[{\"id\":\"%s\",\"title\":{\"en\":\"B\"}}]}".formatted(this.team)));
		operation("undoNavigationDraft", "navigation-draft.undo", true, true, (caller) -> post(caller, draft, "/undo"));
		operation("redoNavigationDraft", "navigation-draft.redo", true, true, (caller) -> post(caller, draft, "/redo"));
		operation("publishNavigationDraft", "navigation.publish", true, true, (caller) -> {
			this.earlier = tag(caller, "/navigation").replace("\"", "");
			return post(caller, "/navigation", "/draft/publish");
		});
		operation("restoreNavigation", "navigation-draft.restore", true, true,
				(caller) -> post(caller, draft, "/../versions/" + this.earlier + "/restore"));
		operation("discardNavigationDraft", "navigation-draft.discard", true, true, (caller) -> caller.delete(draft));
	}

	@Test
	void leavesAnEntryWithWhoWhatBeforeAndAfter() {
		RegistryClient administrator = administrator();
		this.operations.forEach((id, operation) -> {
			operation.call().as(administrator).expectStatus().is2xxSuccessful();
			Map<String, Object> entry = newest(administrator);
			assertThat(entry).as(id)
				.containsEntry("action", operation.action())
				.containsEntry("actor", "ada")
				.containsEntry("actorKind", "person")
				.containsEntry("address", "127.0.0.1");
			assertThat(((Number) entry.get("revision")).longValue()).as(id).isEqualTo(service().revision());
			assertThat(entry.get("before") != null).as("before of " + id).isEqualTo(operation.before());
			assertThat(entry.get("after") != null).as("after of " + id).isEqualTo(operation.after());
		});
	}

	@Test
	void knowsEveryOperation() {
		JsonNode document = JsonMapper.shared()
			.readTree(service().get("/openapi.json").expectBody(String.class).returnResult().getResponseBody());
		Set<String> changing = new TreeSet<>();
		document.path("paths").forEach((path) -> path.properties().forEach((operation) -> {
			if (!operation.getKey().equals("get")) {
				changing.add(operation.getValue().path("operationId").asString());
			}
		}));
		changing.removeAll(NOT_AUDITED);
		changing.removeAll(ELSEWHERE);
		assertThat(this.operations.keySet()).containsExactlyInAnyOrderElementsOf(changing);
	}

	private void stopGuard(RegistryClient caller) {
		String one = "/modules/" + this.module;
		caller.publish(this.module, "1.1.0", Bundles.of(this.module, "1.1.0", this.team)).expectStatus().isCreated();
		caller.put(one + "/channels/stable", """
				{ "rollout": [ { "version": "1.1.0", "share": 50 }, { "version": "1.0.0", "share": 50 } ] }""")
			.expectStatus()
			.isOk();
		String item = "{\"module\":\"%s\",\"version\":\"%s\",\"loads\":10,\"failures\":%d}";
		caller
			.post("/reports",
					"{\"items\":[%s,%s]}".formatted(item.formatted(this.module, "1.0.0", 0),
							item.formatted(this.module, "1.1.0", 10)))
			.expectStatus()
			.isAccepted();
		this.watchdog.look();
	}

	private void operation(String id, String action, boolean before, boolean after, Call call) {
		this.operations.put(id, new Operation(action, before, after, call));
	}

	private static ResponseSpec post(RegistryClient caller, String state, String below) {
		return caller.http()
			.post()
			.uri(URI.create(state + below).normalize().toString())
			.header("If-Match", tag(caller, state))
			.exchange();
	}

	private static String tag(RegistryClient caller, String state) {
		return caller.get(state).expectBody().returnResult().getResponseHeaders().getETag();
	}

	private static ResponseSpec seen(RegistryClient caller, String state, String uri, String json) {
		return caller.putSeen(tag(caller, state), uri, json);
	}

	private static Object id(RegistryClient caller, String uri) {
		return ((Map<?, ?>) caller.get(uri).expectBody(List.class).returnResult().getResponseBody().getFirst())
			.get("id");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> newest(RegistryClient caller) {
		return ((List<Map<String, Object>>) caller.get("/audit?limit=1")
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("entries")).getFirst();
	}

	private record Operation(String action, boolean before, boolean after, Call call) {

	}

	/** A call that changes something. */
	@FunctionalInterface
	private interface Call {

		ResponseSpec as(RegistryClient caller);

	}

}
