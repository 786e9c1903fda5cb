package dev.pergola.registry;

import org.junit.jupiter.api.Test;

import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/**
 * What arranging the navigation does, on every database.
 */
public abstract class NavigationContract extends RegistryContract {

	private static final String OVERLAY = """
			{ "groups": [ { "id": "ecosystem", "title": { "en": "%s" }, "order": 10 } ],
			  "items": [ { "module": "deals", "id": "deals", "order": 20, "hidden": false } ] }""";

	@Test
	void changesTheStateTheCallerSaw() {
		String tag = tag();
		put(OVERLAY.formatted(name("Ecosystem")), tag).expectStatus().isOk();
		administrator().get("/navigation").expectBody().jsonPath("$.items[0].order").isEqualTo(20);
		service().get("/catalog").expectBody().jsonPath("$.navigation.groups[0].id").isEqualTo("ecosystem");
	}

	@Test
	void asksForTheStateTheCallerSaw() {
		put(OVERLAY.formatted("None"), null).expectStatus()
			.isEqualTo(428)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/precondition-required");
	}

	@Test
	void answersAStaleWriteWithTheCurrentState() {
		String stale = tag();
		String current = name("Ecosystem");
		put(OVERLAY.formatted(current), stale).expectStatus().isOk();
		put(OVERLAY.formatted("Late"), stale).expectStatus()
			.isEqualTo(412)
			.expectHeader()
			.valueEquals("ETag", tag())
			.expectBody()
			.jsonPath("$.current.groups[0].title.en")
			.isEqualTo(current);
	}

	@Test
	void saysAllThatIsWrong() {
		put("""
				{ "groups": [ { "id": "A B" }, { "order": 1 } ], "items": [ { "module": "deals", "id": "x" },
				  { "module": "deals", "id": "x" } ] }""", tag()).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[*].pointer")
			.isEqualTo(java.util.List.of("/groups/0/id", "/groups/1/id", "/items/1"));
		put("{ \"group\": [] }", tag()).expectStatus().isEqualTo(400);
	}

	@Test
	void isForAdministrators() {
		developer("partners").put("/navigation", OVERLAY).expectStatus().isForbidden();
	}

	private String tag() {
		return administrator().get("/navigation").expectBody().returnResult().getResponseHeaders().getETag();
	}

	private ResponseSpec put(String json, String ifMatch) {
		return administrator().http().put().uri("/navigation").headers((headers) -> {
			headers.set("Content-Type", "application/json");
			if (ifMatch != null) {
				headers.set("If-Match", ifMatch);
			}
		}).bodyValue(json).exchange();
	}

}
