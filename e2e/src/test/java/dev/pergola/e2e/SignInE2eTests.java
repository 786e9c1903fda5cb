package dev.pergola.e2e;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@OnSharedPlatform
class SignInE2eTests {

	@ParameterizedTest
	@ValueSource(strings = { "business", "admin", "developer", "designer" })
	void eachPersonSignsInAndSeesWhatIsTheirs(String person, Portal portal, Browser browser) {
		try (Visit visit = Visit.of(person, portal, browser)) {
			assertThat(visit.page()).hasTitle(Pattern.compile(".*Pergola"));
			assertThat(visit.navigationLink("Partnerships")).isVisible();
			APIResponse session = visit.get("/session");
			assertThat(session.text()).contains(person).doesNotContain("eyJ");
			assertThat(visit.get("/admin").status()).isEqualTo(person.equals("admin") ? 200 : 403);
			assertThat(visit.get("/developer").status())
				.isEqualTo(List.of("admin", "developer").contains(person) ? 200 : 403);
			assertThat(visit.complaints()).isEmpty();
			assertThat(visit.foreign()).isEmpty();
		}
	}

	@Test
	void navigationIsReadableWithoutScripts(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser,
				new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
			visit.navigationLink("Organizations").click();
			assertThat(visit.heading("Organizations")).isVisible();
			assertThat(visit.main().getByRole(AriaRole.ROW).count()).isGreaterThan(5);
		}
	}

	@Test
	void theSessionCookieIsClosedToScriptsAndOtherSites(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			Cookie cookie = visit.page()
				.context()
				.cookies()
				.stream()
				.filter((it) -> it.name.equals("__Host-pergola"))
				.findFirst()
				.orElseThrow();
			assertThat(cookie.httpOnly).isTrue();
			assertThat(cookie.secure).isTrue();
			assertThat(cookie.sameSite.name()).isEqualTo("STRICT");
		}
	}

	@Test
	void signingOutEndsTheSession(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.openPersonMenu();
			visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
			assertThat(visit.heading("Signed out")).isVisible();
			assertThat(visit.get("/session").status()).isEqualTo(401);
			visit.open("/");
			assertThat(visit.page().getByLabel("Password")).isVisible();
		}
	}

	@Test
	void callsWithoutASessionAreRefusedAsProblems(Portal portal, Browser browser) {
		try (Visit visit = Visit.stranger(portal, browser)) {
			for (String path : List.of("/api/partnerships/partnerships",
					"/views/partnerships/partnerships/p-1/overview", "/agents", "/catalog", "/session")) {
				APIResponse answer = visit.get(path);
				assertThat(answer.status()).as(path).isEqualTo(401);
				assertThat(answer.headers().get("content-type")).as(path).startsWith("application/problem+json");
			}
		}
	}

	@Test
	void callsWithoutTheAntiForgeryHeaderAreRefused(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			APIResponse answer = visit.request().get(portal.url("/api/partnerships/partnerships"));
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.text()).contains("/problems/anti-forgery");
		}
	}

	@Test
	void aWrongPasswordIsSaidOnThePage(Portal portal, Browser browser) {
		try (Visit visit = Visit.stranger(portal, browser)) {
			visit.open("/");
			visit.page().getByLabel("User name").fill("business");
			visit.page().getByLabel("Password").fill("wrong");
			visit.page().getByLabel("Password").press("Enter");
			assertThat(visit.page().getByRole(AriaRole.ALERT)).isVisible();
		}
	}

}
