package dev.pergola.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The four services as processes of their own: people notice nothing of it. The last test
 * breaks the platform.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OnOwnPlatform
class ApartE2eTests {

	@TempDir
	private static Path directory;

	private static Apart apart;

	private static Playwright playwright;

	private static Browser browser;

	@BeforeAll
	static void start() {
		apart = Apart.start(directory);
		playwright = Playwright.create();
		browser = playwright.chromium().launch(Launch.options());
	}

	@AfterAll
	static void stop() {
		if (playwright != null) {
			browser.close();
			playwright.close();
		}
		apart.close();
	}

	@Test
	@Order(1)
	void pagesFormsAndAgentsWorkThroughTheEdge() {
		try (BrowserContext context = browser.newContext()) {
			Page page = signedIn(context, "business");
			link(page, "Partnerships").click();
			assertThat(page.locator("main a[href^='/partnerships/']").first()).isVisible();
			savesAForm(page);
			assertThat(get(context, "/session").text()).contains("\"subject\":\"business\"").doesNotContain("eyJ");
			assertThat(context.cookies()).noneMatch((cookie) -> cookie.name.equals("SESSION"));
			assertThat(asksTheScout(context)).contains("RUN_STARTED", "TEXT_MESSAGE_CONTENT")
				.contains("RUN_FINISHED")
				.doesNotContain("RUN_ERROR");
		}
	}

	@Test
	@Order(2)
	void aTeamPublishesThroughTheEdgeAndOpenTabsFollow(@TempDir Path work) throws IOException {
		try (BrowserContext team = browser.newContext(); BrowserContext business = browser.newContext()) {
			Page open = signedIn(business, "business");
			Path module = work.resolve("partnerships");
			FileSystemUtils.copyRecursively(Portal.root().resolve("samples/partnerships/module"), module);
			Path manifest = module.resolve("manifest.json");
			Files.writeString(manifest, Files.readString(manifest).replace("\"Partnerships\"", "\"Alliances\""));
			String said = pergola(teamToken(signedIn(team, "developer")), "publish", module.toString(), "--bump",
					"minor", "--channel", "stable");
			assertThat(said).contains("1.1.0");
			assertThat(link(open, "Alliances")).isVisible();
		}
	}

	@Test
	@Order(3)
	void pagesGoOnWithoutTheRegistryAlsoFromAShellThatStartsAnew() {
		try (BrowserContext context = browser.newContext()) {
			Page page = signedIn(context, "business");
			apart.kill(Apart.REGISTRY);
			page.navigate(apart.url("/organizations"));
			assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
			apart.kill(Apart.SHELL);
			Response away = page.navigate(apart.url("/deals"));
			assertThat(away.status()).isEqualTo(503);
			assertThat(page.getByRole(AriaRole.MAIN)).containsText("The portal is not available");
			assertThat(get(context, "/api/deals/deals").status()).isEqualTo(200);
			apart.startAgain(Apart.SHELL);
			page.getByText("Try again").click();
			assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Deals").setLevel(1)))
				.isVisible();
			page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Signed in as .*")))
				.click();
			page.getByText("Sign out").click();
			page.waitForURL(apart.url("/logout") + "**");
			assertThat(get(context, "/session").status()).isEqualTo(401);
		}
	}

	private static Page signedIn(BrowserContext context, String person) {
		context.setDefaultTimeout(15_000);
		Page page = context.newPage();
		page.navigate(apart.url("/"));
		page.getByLabel("User name").fill(person);
		page.getByLabel("Password").fill(person);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
		page.waitForURL(apart.url("/"));
		return page;
	}

	private static Locator link(Page page, String name) {
		return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main navigation"))
			.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
	}

	private static APIResponse get(BrowserContext context, String path) {
		return context.request().get(apart.url(path), RequestOptions.create().setHeader("X-Pergola", "1"));
	}

	private static void savesAForm(Page page) {
		page.navigate(apart.url("/organizations"));
		Locator main = page.getByRole(AriaRole.MAIN);
		main.getByRole(AriaRole.TABLE).getByRole(AriaRole.LINK).first().click();
		main.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Edit"))).click();
		main.getByLabel("City").fill("Braga");
		main.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
		assertThat(main).containsText("Braga");
		assertThat(page).hasURL(Pattern.compile(".*/organizations/[^/]+$"));
	}

	private static String asksTheScout(BrowserContext context) {
		Map<String, Object> message = Map.of("id", "m1", "role", "user", "content",
				"Who could help us with Alpenstrom?");
		APIResponse run = context.request()
			.post(apart.url("/agents/partnerships/co-sell/runs"),
					RequestOptions.create()
						.setHeader("X-Pergola", "1")
						.setHeader("Sec-Fetch-Site", "same-origin")
						.setHeader("Accept", "text/event-stream")
						.setTimeout(60_000)
						.setData(Map.of("threadId", "t1", "runId", "apart-1", "messages", List.of(message), "state",
								Map.of(), "tools", List.of(), "context", List.of(), "forwardedProps", Map.of())));
		assertThat(run.status()).as(run.text()).isEqualTo(200);
		return run.text();
	}

	private static String teamToken(Page page) {
		page.navigate(apart.url("/developer"));
		Locator section = page.getByRole(AriaRole.REGION,
				new Page.GetByRoleOptions().setName("Tokens of team partnerships").setExact(true));
		section.getByLabel("What for").fill("apart");
		section.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create a token")).click();
		assertThat(page.getByRole(AriaRole.MAIN)).containsText("pgt_");
		Matcher token = Pattern.compile("pgt_[A-Za-z0-9_-]{20,}").matcher(page.getByRole(AriaRole.MAIN).innerText());
		assertThat(token.find()).as("a token on the page").isTrue();
		return token.group();
	}

	private static String pergola(String token, String... arguments) throws IOException {
		List<String> command = new java.util.ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						Portal.root().resolve("cli/target/pergola.jar").toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("PERGOLA_URL", apart.url(""));
		builder.environment().put("PERGOLA_TOKEN", token);
		Process process = builder.start();
		process.getOutputStream().close();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.onExit().join().exitValue()).as(said).isZero();
		return said;
	}

}
