package dev.pergola.session.origin;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

import static org.assertj.core.api.Assertions.assertThat;

class OriginRulesTests {

	private final OriginRules rules = new OriginRules("https://portal.example.com");

	// Columns: method, path, X-Pergola, Sec-Fetch-Site, Origin, Accept, passes
	@ParameterizedTest
	@CsvSource(textBlock = """
			GET,    /api/deals/deals,        1,    same-origin, ,                           ,                  true
			GET,    /api/deals/deals,        1,    ,            ,                           ,                  true
			GET,    /api/deals/deals,        ,     same-origin, ,                           ,                  false
			GET,    /api/deals/deals,        ,     none,        ,                           ,                  false
			GET,    /api/deals/deals,        0,    same-origin, ,                           ,                  false
			HEAD,   /api/deals/deals,        ,     same-origin, ,                           ,                  false
			GET,    /views/p/p/1/overview,   ,     same-origin, ,                           ,                  false
			GET,    /registry/v1/modules,    ,     same-origin, ,                           ,                  false
			GET,    /agents,                 ,     same-origin, ,                           ,                  false
			GET,    /upstreams,              ,     same-origin, ,                           ,                  false
			GET,    /upstreams,              1,    same-origin, ,                           ,                  true
			POST,   /agents/p/a/runs,        1,    same-origin, ,                           ,                  true
			POST,   /agents/p/a/runs,        1,    ,            https://portal.example.com, text/event-stream, true
			POST,   /agents/p/a/runs,        1,    cross-site,  ,                           ,                  false
			POST,   /agents/p/a/runs,        1,    same-site,   ,                           ,                  false
			POST,   /agents/p/a/runs,        1,    ,            https://evil.example,       ,                  false
			POST,   /agents/p/a/runs,        ,     same-origin, https://portal.example.com, text/event-stream, false
			GET,    /agents/runs/r/events,   ,     same-origin, ,                           text/event-stream, true
			GET,    /agents/runs/r/events,   ,     ,            https://portal.example.com, text/event-stream, true
			GET,    /agents/runs/r/events,   ,     same-site,   ,                           text/event-stream, false
			GET,    /agents/runs/r/events,   ,     cross-site,  https://portal.example.com, text/event-stream, false
			GET,    /agents/runs/r/events,   ,     none,        ,                           text/event-stream, false
			GET,    /agents/runs/r/events,   ,     ,            ,                           text/event-stream, false
			GET,    /.well-known/mercure,    ,     same-origin, ,                           text/event-stream, true
			GET,    /.well-known/mercure,    ,     cross-site,  ,                           text/event-stream, false
			GET,    /deals,                  ,     cross-site,  ,                           text/html,         true
			POST,   /logout,                 ,     same-origin, ,                           ,                  true
			POST,   /logout,                 ,     none,        ,                           ,                  true
			POST,   /logout,                 ,     same-site,   ,                           ,                  false
			POST,   /logout,                 ,     cross-site,  ,                           ,                  false
			POST,   /logout,                 ,     ,            https://portal.example.com, ,                  true
			POST,   /logout,                 ,     ,            HTTPS://PORTAL.example.com, ,                  true
			POST,   /logout,                 ,     ,            http://portal.example.com,  ,                  false
			POST,   /logout,                 ,     ,            https://portal.example.com.evil.example, ,     false
			POST,   /logout,                 ,     ,            'null',                     ,                  false
			POST,   /logout,                 ,     ,            ,                           ,                  false
			POST,   /logout,                 1,    ,            ,                           ,                  true
			PUT,    /organizations/4,        ,     cross-site,  ,                           ,                  false
			DELETE, /organizations/4,        ,     ,            https://evil.example,       ,                  false
			POST,   /logout/connect/back-channel/pergola, , cross-site, ,                   ,                  true
			""")
	void decidesForASession(HttpMethod method, String path, String header, String site, String origin, String accept,
			boolean passes) {
		HttpHeaders headers = new HttpHeaders();
		put(headers, "X-Pergola", header);
		put(headers, "Sec-Fetch-Site", site);
		put(headers, "Origin", origin);
		put(headers, "Accept", accept);
		assertThat(this.rules.refusal(method, PathContainer.parsePath(path), headers, true) == null).isEqualTo(passes);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			GET,  /api/deals/deals, ,            ,                           true
			POST, /api/deals/deals, ,            ,                           true
			POST, /api/deals/deals, cross-site,  ,                           false
			POST, /api/deals/deals, ,            https://evil.example,       false
			POST, /api/deals/deals, same-origin, ,                           true
			""")
	void decidesWithoutASession(HttpMethod method, String path, String site, String origin, boolean passes) {
		HttpHeaders headers = new HttpHeaders();
		put(headers, "Sec-Fetch-Site", site);
		put(headers, "Origin", origin);
		assertThat(this.rules.refusal(method, PathContainer.parsePath(path), headers, false) == null).isEqualTo(passes);
	}

	@ParameterizedTest
	@CsvSource({ "https://portal.example.com", "https://evil.example", "'null'" })
	void refusesEveryPreflight(String origin) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Origin", origin);
		headers.set("Access-Control-Request-Method", "POST");
		assertThat(this.rules.refusal(HttpMethod.OPTIONS, PathContainer.parsePath("/api/deals"), headers, false))
			.isNotNull();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			same-origin, ,                           true
			,            https://portal.example.com, true
			,            https://evil.example,       false
			cross-site,  https://portal.example.com, false
			,            ,                           false
			""")
	void opensAWebSocketForThePortalOnly(String site, String origin, boolean passes) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Upgrade", "WebSocket");
		put(headers, "Sec-Fetch-Site", site);
		put(headers, "Origin", origin);
		assertThat(this.rules.refusal(HttpMethod.GET, PathContainer.parsePath("/api/chat/ws"), headers, true) == null)
			.isEqualTo(passes);
	}

	private static void put(HttpHeaders headers, String name, String value) {
		if (value != null) {
			headers.set(name, value);
		}
	}

}
