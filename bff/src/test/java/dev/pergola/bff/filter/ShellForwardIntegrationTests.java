package dev.pergola.bff.filter;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.pergola.bff.TestBff;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A bff as the edge in front of a shell. */
class ShellForwardIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	private static final List<Map<String, String>> seen = new CopyOnWriteArrayList<>();

	private static DisposableServer shell;

	private static TestBff bff;

	@BeforeAll
	static void start() {
		shell = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes.get("/problems/cut", (request, response) -> {
				response.withConnection(Connection::dispose);
				return Mono.never();
			}).route((request) -> true, (request, response) -> {
				Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
				request.requestHeaders().forEach((entry) -> headers.put(entry.getKey(), entry.getValue()));
				seen.add(headers);
				return response.addHeader("Set-Cookie", "pergola-theme=dark; Path=/")
					.addHeader("Set-Cookie", "__Host-pergola=stolen; Path=/")
					.addHeader("Set-Cookie", "pergola-session=stolen; Path=/")
					.addHeader("Content-Security-Policy", "default-src 'self'")
					.sendString(Mono.just("page"));
			}))
			.bindNow();
		bff = TestBff.start("pergola.bff.shell-url=http://localhost:" + shell.port(),
				"pergola.session.public-origin=https://portal.example.com",
				"pergola.session.cookie.name=pergola-session");
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		shell.disposeNow();
		bff.close();
	}

	@Test
	void relaysThePersonsAccessTokenAndThePublicOrigin() {
		bff.get("/catalog", TOKEN);
		assertThat(seen.getLast()).containsEntry("Authorization", "Bearer " + TOKEN)
			.containsEntry("X-Forwarded-Proto", "https")
			.containsEntry("X-Forwarded-Host", "portal.example.com")
			.containsEntry("X-Forwarded-Port", "443");
	}

	@Test
	void letsPreferencesPassAndKeepsTheSession() {
		HttpResponse<String> response = TestBff.send(bff.request("/catalog", TOKEN)
			.header("Cookie", "pergola-session=secret; pergola-density=compact; pergola-session-login=secret; other=1")
			.build());
		assertThat(seen.getLast()).containsEntry("Cookie", "pergola-density=compact");
		assertThat(response.headers().allValues("Set-Cookie")).containsExactly("pergola-theme=dark; Path=/");
		assertThat(response.headers().firstValue("Content-Security-Policy")).hasValue("default-src 'self'");
	}

	@Test
	void sendsWhatIsForAnyoneOnWithoutAToken() {
		assertThat(
				TestBff.send(bff.request("/assets/1/a.js", null).header("Authorization", "Basic eDp5").build()).body())
			.isEqualTo("page");
		assertThat(seen.getLast()).doesNotContainKeys("Authorization", "Cookie");
	}

	@Test
	void sendsAPersonToSignInBeforeTheShellHearsOfIt() {
		int before = seen.size();
		HttpResponse<String> page = TestBff.send(bff.request("/deals?a=b", null).header("Accept", "text/html").build());
		assertThat(page.statusCode()).isEqualTo(303);
		assertThat(page.headers().firstValue("Location"))
			.hasValue("/oauth2/authorization/pergola?returnUrl=%2Fdeals%3Fa%3Db");
		assertThat(bff.get("/deals", null).statusCode()).isEqualTo(401);
		assertThat(seen).hasSize(before);
	}

	@Test
	void tellsAPersonThatTheShellIsAway() {
		HttpResponse<String> page = TestBff
			.send(bff.request("/problems/cut", null).header("Accept", "text/html").build());
		assertThat(page.statusCode()).isEqualTo(503);
		assertThat(page.body()).contains("The portal is not available", "href=\"/problems/cut\"");
		HttpResponse<String> call = bff.get("/problems/cut", null);
		assertThat(call.statusCode()).isEqualTo(502);
		assertThat(call.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

}
