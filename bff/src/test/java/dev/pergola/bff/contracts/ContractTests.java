package dev.pergola.bff.contracts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ContractTests {

	private static final String DESCRIPTION = """
			openapi: %s
			info: { title: Deals, version: "1" }
			servers: [ { url: "https://deals.example/v1" } ]
			paths:
			  /deals:
			    parameters: [ { $ref: "#/components/parameters/Limit" } ]
			    get:
			      parameters:
			        - { name: state, in: query, schema: { type: array, items: { enum: [open, won] } } }
			        - { name: ids, in: query, explode: false, schema: { type: array, maxItems: 2, items: { type: integer } } }
			        - { name: X-Count, in: header, required: true, schema: { type: boolean } }
			        - { name: filter, in: query, style: deepObject, required: true, schema: { type: object } }
			      responses:
			        "200": { content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Deal" } } } } }
			        4XX: { description: no }
			    post:
			      requestBody: { $ref: "#/components/requestBodies/Deal" }
			      responses: { default: { description: any } }
			  /deals/{deal-id}:
			    parameters: [ { name: deal-id, in: path, required: true, schema: { type: integer, minimum: 1 } } ]
			    get: { responses: { "200": { description: fine } } }
			  /deals/mine:
			    get: {}
			components:
			  parameters:
			    Limit: { name: limit, in: query, schema: { type: integer, maximum: 100 } }
			  requestBodies:
			    Deal: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Deal" } }, text/csv: {} } }
			  schemas:
			    Deal:
			      type: object
			      required: [title]
			      properties:
			        title: { type: string, pattern: "^(a+)+$" }
			        value: { type: number }
			        parent: { $ref: "#/components/schemas/Deal" }
			""";

	private final Contract contract = contract("3.0.3");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/deals?limit=5 |", "/deals?limit=101 | query /limit", "/deals?limit=x | query /limit",
					"/deals?state=open&state=won |", "/deals?state=open&state=lost | query /state/1",
					"/deals?ids=1,2 |", "/deals?ids=1,2,3 | query /ids", "/deals?ids=1,b | query /ids/1",
					"/deals?other=1 |", "/deals?limit |query /limit", "/deals?limit=5&limit=many | query /limit" })
	void looksAtParametersOfTheQuery(String target, String expected) {
		assertThat(get(target, "X-Count", "true")).isEqualTo((expected != null) ? List.of(expected) : List.of());
	}

	@Test
	void looksAtHeaders() {
		assertThat(get("/deals")).containsExactly("header /X-Count");
		assertThat(get("/deals", "x-count", "often")).containsExactly("header /X-Count");
	}

	@Test
	void looksAtParametersOfThePath() {
		assertThat(get("/deals/7")).isEmpty();
		assertThat(get("/deals/0")).containsExactly("path /deal-id");
		assertThat(get("/deals/seven")).containsExactly("path /deal-id");
		assertThat(get("/deals/mine")).isEmpty();
	}

	@Test
	void knowsNothingElse() {
		assertThat(this.contract.find("GET", "/offers")).isEmpty();
		assertThat(this.contract.find("DELETE", "/deals/7")).isEmpty();
		assertThat(this.contract.find("GET", "/deals/7/more")).isEmpty();
		assertThat(this.contract.find("HEAD", "/deals/7")).isPresent();
		assertThat(this.contract.find("GET", "/v1/deals/7")).isPresent();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"title\":\"aaa\"} |", "{\"title\":7} | body /title", "{} | body ", "{ | body ",
					"{\"title\":\"a\",\"parent\":{\"title\":\"a\",\"value\":\"many\"}} | body /parent/value",
					"'' | body " })
	void looksAtBodies(String body, String expected) {
		List<String> found = places(
				operation("POST").checkBody("application/json;charset=utf-8", body.getBytes(StandardCharsets.UTF_8)));
		assertThat(found)
			.isEqualTo((expected != null) ? List.of(expected.equals("body") ? "body " : expected) : List.of());
	}

	@Test
	void takesNoBodyThatCanBeReadInTwoWays() {
		for (String body : List.of("{\"title\":7,\"title\":\"a\"}", "{\"title\":\"a\"}{}", "{\"title\":\"a\"} x")) {
			assertThat(operation("POST").checkBody("application/json", body.getBytes(StandardCharsets.UTF_8)))
				.containsExactly(Violation.of("body", "", "is no JSON"));
		}
	}

	@Test
	void looksAtTheTypeOfABody() {
		byte[] body = "title".getBytes(StandardCharsets.UTF_8);
		assertThat(operation("POST").checkBody("text/csv", body)).isEmpty();
		assertThat(places(operation("POST").checkBody("text/html", body))).containsExactly("header /Content-Type");
		assertThat(places(operation("POST").checkBody(null, body))).containsExactly("header /Content-Type");
		assertThat(places(operation("GET").checkBody("text/csv", body))).containsExactly("body ");
		assertThat(operation("GET").checkBody(null, new byte[0])).isEmpty();
	}

	@Test
	void looksAtAnswers() {
		Operation list = operation("GET");
		assertThat(answer(list, 200, "[{\"title\":\"a\"}]")).isEmpty();
		assertThat(answer(list, 200, "[{\"title\":\"a\"},{}]")).containsExactly("body /1");
		assertThat(answer(list, 404, "{}")).isEmpty();
		assertThat(answer(list, 500, "{}")).containsExactly("status ");
		assertThat(answer(operation("POST"), 500, "{}")).isEmpty();
	}

	@Test
	void neverSaysTheValue() {
		assertThat(operation("POST").checkBody("application/json",
				"{\"title\":\"secret\"}".getBytes(StandardCharsets.UTF_8)))
			.singleElement()
			.satisfies((violation) -> assertThat(violation.message()).doesNotContain("secret").contains("pattern"));
	}

	@Test
	void matchesPatternsInLinearTime() {
		String body = "{\"title\":\"" + "a".repeat(50_000) + "!\"}";
		assertThat(operation("POST").checkBody("application/json", body.getBytes(StandardCharsets.UTF_8))).hasSize(1);
	}

	@Test
	void readsBothVersions() {
		Contract newer = contract("3.1.0");
		Operation post = newer.find("POST", "/deals").orElseThrow().operation();
		assertThat(places(post.checkBody("application/json", "{\"title\":7}".getBytes(StandardCharsets.UTF_8))))
			.containsExactly("body /title");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "[]", "{\"swagger\":\"2.0\"}", "{", "a: [", "openapi: 3.0.0\npaths: { /a{: { get: {} } }",
					"{\"openapi\":\"3.0.0\",\"paths\":{\"/a\":{\"$ref\":\"file:///etc/passwd\"}}}",
					"{\"openapi\":\"3.0.0\",\"x\":{\"$ref\":\"https://elsewhere/a.json\"}}" })
	void refusesWhatIsNoDescriptionOfItsOwn(String text) {
		assertThatExceptionOfType(UnreadableDescriptionException.class)
			.isThrownBy(() -> Contract.read(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static Contract contract(String version) {
		try {
			return Contract.read(DESCRIPTION.formatted(version).getBytes(StandardCharsets.UTF_8));
		}
		catch (UnreadableDescriptionException ex) {
			throw new AssertionError(ex);
		}
	}

	private Operation operation(String method) {
		return this.contract.find(method, "/deals").orElseThrow().operation();
	}

	private static List<String> answer(Operation operation, int status, String body) {
		return places(operation.checkAnswer(status, "application/json", body.getBytes(StandardCharsets.UTF_8)));
	}

	private List<String> get(String target, String... headers) {
		var uri = UriComponentsBuilder.fromUriString(target).build();
		Contract.Match match = this.contract.find("GET", uri.getPath()).orElseThrow();
		HttpHeaders all = new HttpHeaders();
		for (int i = 0; i < headers.length; i += 2) {
			all.add(headers[i], headers[i + 1]);
		}
		return places(match.operation().check(match.parameters(), uri.getQueryParams(), all));
	}

	private static List<String> places(List<Violation> violations) {
		return new ArrayList<>(violations).stream().map((each) -> each.in() + " " + each.pointer()).toList();
	}

}
