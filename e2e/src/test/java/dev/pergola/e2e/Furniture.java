package dev.pergola.e2e;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.RequestOptions;

/**
 * What empty lists of the consoles do not show: rules and a plan of module
 * {@code organizations}, team {@code quality} with a member, a CI identity, a token and
 * reserved names, and a draft of the navigation that conflicts with what is live. Closing
 * takes away what others would notice.
 */
final class Furniture implements AutoCloseable {

	static final String ISSUER = "https://ci.example.com";

	static final String AUDIENCE = "https://portal.example.com";

	private static final String PERSON = "ada@example.com";

	private static final String CHANNEL = "/modules/organizations/channels/stable";

	private static final Map<String, Object> EVERYONE = Map.of("version", "1.0.0", "share", 100);

	private final Portal portal;

	private final Visit admin;

	private final String navigation;

	Furniture(Portal portal, Visit admin) {
		this.portal = portal;
		this.admin = admin;
		this.navigation = get("/navigation").text();
		put(CHANNEL, Map.of("rollout", List.of(EVERYONE), "overrides",
				List.of(Map.of("person", PERSON, "version", "1.0.0"), Map.of("group", "beta", "version", "1.0.0"))));
		put(CHANNEL, Map.of("rollout", List.of(EVERYONE), "startsAt", OffsetDateTime.now().plusDays(7).toString(),
				"endsAt", OffsetDateTime.now().plusDays(8).toString()));
		team();
		conflict();
	}

	/** Somebody who has a rule and is a member. */
	String person() {
		return PERSON;
	}

	@Override
	public void close() {
		for (JsonElement plan : JsonParser.parseString(get("/modules/organizations/plans").text()).getAsJsonArray()) {
			JsonObject fields = plan.getAsJsonObject();
			if (fields.get("state").getAsString().equals("planned")) {
				send("DELETE", "/modules/organizations/plans/" + fields.get("id").getAsString(), "");
			}
		}
		put(CHANNEL, Map.of("rollout", List.of(EVERYONE), "overrides", List.of()));
		put("/teams/quality/names", Map.of());
		send("DELETE", "/navigation/draft", "");
		put("/navigation", this.navigation);
	}

	private void team() {
		put("/teams/quality", Map.of("contact", "quality@example.com", "hosts", List.of("quality.internal:8443")));
		put("/teams/quality/members/" + PERSON, "");
		put("/teams/quality/names", Map.of("paths", List.of("/quality"), "elements", List.of("quality-")));
		send("POST", "/teams/quality/publishers", Map.of("name", "main of acme/quality", "issuer", ISSUER, "audience",
				AUDIENCE, "subject", "repo:acme/quality:ref:refs/heads/main"));
		send("POST", "/teams/quality/tokens", Map.of("name", "laptop"));
	}

	private void conflict() {
		put("/navigation/draft", overlay(30, "Offices"));
		put("/navigation", overlay(40, "Companies"));
	}

	private static Map<String, Object> overlay(int order, String title) {
		return Map.of("groups", List.of(), "items", List.of(Map.of("module", "organizations", "id", "organizations",
				"order", order, "title", Map.of("en", title))));
	}

	private APIResponse get(String path) {
		return this.admin.get("/registry/v1" + path);
	}

	private void put(String path, Object body) {
		send("PUT", path, body);
	}

	/** With the tag of what is there now. */
	private void send(String method, String path, Object body) {
		RequestOptions request = RequestOptions.create()
			.setMethod(method)
			.setHeader("X-Pergola", "1")
			.setHeader("Sec-Fetch-Site", "same-origin")
			.setHeader("Content-Type", "application/json")
			.setData(body);
		String tag = method.equals("POST") ? null
				: get(path.replaceAll("(/channels|/plans|/members|/names).*", "")).headers().get("etag");
		if (tag != null) {
			request.setHeader("If-Match", tag);
		}
		APIResponse answer = this.admin.request().fetch(this.portal.url("/registry/v1" + path), request);
		if (!answer.ok()) {
			throw new AssertionError("%s %s: %d %s".formatted(method, path, answer.status(), answer.text()));
		}
	}

}
