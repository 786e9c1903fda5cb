package dev.pergola.bff.filter;

import java.net.URI;
import java.util.List;

import dev.pergola.bff.server.ForwardedBy;
import dev.pergola.bff.server.TrustedProxies;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderHygieneTests {

	private final MockServerWebExchange exchange = exchange();

	@ParameterizedTest
	@ValueSource(strings = { "Cookie", "COOKIE", "Authorization", "X-Pergola", "x_pergola", "X-Pergola-Admin",
			"Pergola-Principal", "X-Forwarded-For", "X_Forwarded_For", "x-forwarded-host", "Forwarded", "X-Real-IP",
			"X_Real_IP", "X-User", "X-User-Id", "x_user_roles", "X-Original-URL", "X-Rewrite-URL", "Connection",
			"Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Proxy-Authorization", "Proxy-Connection",
			"X-HTTP-Method-Override", "Expect", "Proxy" })
	@Tag("security-31")
	void dropsWhatAClientMayNotSay(String name) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(name, "forged");
		assertThat(new RequestHygiene().filter(headers, this.exchange).headerNames()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accept", "Accept-Language", "Content-Type", "Content-Length", "If-Match", "Range",
			"X-Request-Id", "User-Agent", "Last-Event-ID", "Idempotency-Key" })
	void keepsWhatBelongsToTheCall(String name) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(name, "value");
		assertThat(new RequestHygiene().filter(headers, this.exchange).getFirst(name)).isEqualTo("value");
	}

	@Test
	@Tag("security-34")
	void dropsWhatTheConnectionHeaderNamesButNeverWhatIsAddedHere() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Connection", "close, X-Custom, Authorization, X-Forwarded-For, Content-Length");
		headers.set("X-Custom", "1");
		headers.set("Content-Length", "3");
		Relay.setAccessToken(this.exchange, "token");
		HttpHeaders kept = new RequestHygiene().filter(headers, this.exchange);
		kept = new ForwardedHeaders("/api/deals", new TrustedProxies(List.of(), ForwardedBy.X_FORWARDED)).filter(kept,
				this.exchange);
		kept = new RelayedAuthorization().filter(kept, this.exchange);
		assertThat(kept.getFirst("Authorization")).isEqualTo("Bearer token");
		assertThat(kept.getFirst("X-Forwarded-For")).isEqualTo("192.0.2.7");
		assertThat(kept.getFirst("X-Forwarded-Host")).isEqualTo("portal.example");
		assertThat(kept.getFirst("X-Forwarded-Prefix")).isEqualTo("/api/deals");
		assertThat(kept.getFirst("Content-Length")).isEqualTo("3");
		assertThat(kept.headerNames()).doesNotContain("X-Custom", "Connection");
	}

	@Test
	void dropsWhatAnAnswerSaysIsForItsConnection() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Connection", "keep-alive, X-Hop");
		headers.add("Connection", "x_other, Content-Type");
		headers.set("x-hop", "1");
		headers.set("X-Other", "1");
		headers.set("X-Own", "1");
		headers.set("Content-Type", "text/plain");
		for (HttpHeadersFilter filter : List.of(new ResponseHygiene(), new ConnectionHygiene())) {
			assertThat(filter.filter(headers, this.exchange).headerNames()).containsExactlyInAnyOrder("X-Own",
					"Content-Type");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Set-Cookie", "set-cookie2", "Server", "X-Powered-By", "Strict-Transport-Security",
			"Access-Control-Allow-Origin", "Clear-Site-Data", "Service-Worker-Allowed", "Connection",
			"Transfer-Encoding", "WWW-Authenticate", "X-Pergola-Admin", "Alt-Svc", "X-Accel-Redirect",
			"CDN-Cache-Control", "Cloudflare-CDN-Cache-Control", "Edge-Control", "Surrogate-Control",
			"Surrogate_Control" })
	@Tag("security-36")
	void dropsWhatAnUpstreamMayNotSay(String name) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(name, "forged");
		assertThat(new ResponseHygiene().filter(headers, this.exchange).headerNames()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "/deals/7, /deals/7", "next?page=2, next?page=2", "//evil.example/x, -",
					"https://evil.example/x, -", "http://deals.internal:8080/deals/7?a=b#c, /deals/7?a=b#c",
					"http://deals.internal:8080, /", "http://deals.internal/x, -", "http://a@deals.internal:8080/x, -",
					"javascript:alert(1), -", "/\\evil.example, -", "http://deals.internal:8080//evil.example, -" })
	@Tag("security-29")
	void letsOnlyLocalAddressesThrough(String location, String expected) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Location", location);
		assertThat(new ResponseHygiene().filter(headers, this.exchange).getFirst("Location")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "'public, max-age=60', 'private, no-cache'", "s-maxage=60, 'private, no-cache'",
			"max-age=60, 'max-age=60, private'", "no-store, no-store", "'max-age=60, Private', 'max-age=60, Private'",
			"'no-cache, NO-STORE, max-age=0', 'no-cache, NO-STORE, max-age=0'", "no-cache, 'no-cache, private'",
			"'private=\"x\", max-age=60', 'private=\"x\", max-age=60, private'",
			"'max-age=60, x=\", private,\"', 'max-age=60, x=\", private,\", private'",
			"'max-age=60, must-understand, no-store', 'max-age=60, must-understand, no-store, private'",
			"'max-age=60, x-private', 'max-age=60, x-private, private'", "'', private" })
	@Tag("security-26")
	void letsNobodyElseKeepAPersonsAnswer(String sent, String expected) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Cache-Control", sent);
		assertThat(new ResponseHygiene().filter(headers, this.exchange).getFirst("Cache-Control")).isEqualTo(expected);
	}

	@Test
	@Tag("security-26")
	void looksAtEachLineOfSeveral() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Cache-Control", "max-age=60");
		headers.add("Cache-Control", "public");
		headers.add("Cache-Control", "no-store");
		assertThat(new ResponseHygiene().filter(headers, this.exchange).get("Cache-Control"))
			.containsExactly("max-age=60, private", "private, no-cache", "no-store");
	}

	private static MockServerWebExchange exchange() {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.get("http://portal.example/api/deals/deals")
				.header("Host", "portal.example")
				.remoteAddress(new java.net.InetSocketAddress("192.0.2.7", 4711)));
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR,
					Route.async()
						.id("deals")
						.uri(URI.create("http://deals.internal:8080"))
						.predicate((any) -> true)
						.build());
		return exchange;
	}

}
