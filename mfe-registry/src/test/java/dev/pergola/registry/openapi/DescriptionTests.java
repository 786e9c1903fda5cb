package dev.pergola.registry.openapi;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.pergola.manifests.openapi.DescriptionReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What callers of a service would lose.
 */
@Tag("registry-5")
class DescriptionTests {

	private static final String DEALS = """
			openapi: 3.1.0
			info: { title: Deals, version: "1" }
			paths:
			  /deals/{id}:
			    get:
			      parameters:
			        - { name: id, in: path, required: true, schema: { type: string } }
			        - { name: sort, in: query, schema: { type: string } }
			      responses:
			        "200":
			          content:
			            application/json: { schema: { $ref: "#/components/schemas/Deal" } }
			    post:
			      requestBody:
			        content:
			          application/json: { schema: { $ref: "#/components/schemas/NewDeal" } }
			      responses: { "201": { description: made } }
			components:
			  schemas:
			    Deal:
			      type: object
			      required: [ id, amount ]
			      properties:
			        id: { type: string }
			        amount: { type: number }
			        next: { $ref: "#/components/schemas/Deal" }
			        tags: { type: array, items: { type: string } }
			    NewDeal:
			      type: object
			      required: [ amount ]
			      properties: { amount: { type: integer }, title: { type: string } }
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/deals/{id}:                             | /bargains/{id}:                                   | GET /deals/{id}: is gone
					post:                                    | patch:                                            | POST /deals/{id}: is gone
					in: query, schema                        | in: query, required: true, schema                 | GET /deals/{id}: query parameter sort is required now
					required: [ id, amount ]                 | required: [ id ]                                  | GET /deals/{id}, response 200: field amount may be missing now
					amount: { type: number }                 | amount: { type: string }                          | GET /deals/{id}, response 200, field amount: was number, is string
					amount: { type: number }                 | amount: { type: [ number, "null" ] }              | GET /deals/{id}, response 200, field amount: was number, is null or number
					items: { type: string }                  | items: { type: object }                           | GET /deals/{id}, response 200, field tags, entries: was string, is object
					tags: { type: array                      | labels: { type: array                             | GET /deals/{id}, response 200: field tags is gone
					required: [ amount ]                     | required: [ amount, title ]                       | POST /deals/{id}, request: field title is required now
					properties: { amount: { type: integer }  | properties: { amount: { type: boolean }           | POST /deals/{id}, request, field amount: was integer, is boolean
					requestBody:                             | requestBody: { required: true } #                 | POST /deals/{id}: a request body is required now
					"201": { description: made }             | "202": { description: taken }                     | POST /deals/{id}: response 201 is gone
					application/json: { schema: { $ref: "#/components/schemas/Deal" | text/csv: { schema: { $ref: "#/components/schemas/Deal" | GET /deals/{id}, response 200: application/json is gone
					""")
	void findsWhatIsLost(String before, String after, String loss) throws Exception {
		assertThat(DEALS).contains(before);
		String changed = DEALS.replace(before, after);
		if (after.endsWith("#")) {
			changed = changed.replaceFirst("#\n        content:\n          application/json: [^\n]*NewDeal[^\n]*", "");
		}
		assertThat(losses(changed)).contains(loss);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/deals/{id}:                             | /deals/{dealId}:
			properties: { amount: { type: integer }  | properties: { amount: { type: number }
			required: [ amount ]                     | required: [ ]
			id: { type: string }                     | id: { type: string, maxLength: 8 }
			amount: { type: number }                 | amount: { type: integer }
			""")
	void letsAServiceGrow(String before, String after) throws Exception {
		assertThat(DEALS).contains(before);
		assertThat(losses(DEALS.replace(before, after))).isEmpty();
	}

	@Test
	void comparesFieldsThatAreBroughtTogether() throws Exception {
		String whole = DEALS.replace("type: object\n      required: [ id, amount ]",
				"allOf: [ { required: [ id, amount ] }, { $ref: '#/components/schemas/Base' } ]");
		String base = whole + "    Base: { type: object, properties: { owner: { type: string } } }\n";
		assertThat(read(base).lossesWith(read(base.replace("owner", "keeper"))))
			.contains("GET /deals/{id}, response 200: field owner is gone");
	}

	private static List<String> losses(String changed) throws Exception {
		return read(DEALS).lossesWith(read(changed));
	}

	@Test
	@Tag("security-48")
	void comesToAnEndWithReferencesInCircles() throws Exception {
		String circle = """
				{ "openapi": "3.1.0", "paths": { "/a": { "$ref": "#/paths/~1b" }, "/b": { "$ref": "#/paths/~1a" },
						           "/c": { "get": { "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/x" } } } } } } } },
						"x": { "allOf": [ { "$ref": "#/x" }, { "$ref": "#/x" }, { "$ref": "#/x" } ], "properties": { "x": { "$ref": "#/x" } } } }
						""";
		Description description = read(circle);
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> description.lossesWith(description));
	}

	private static Description read(String text) throws Exception {
		return new Description(new DescriptionReader().read(text.getBytes(StandardCharsets.UTF_8)));
	}

}
