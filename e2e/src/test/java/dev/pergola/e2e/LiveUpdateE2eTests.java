package dev.pergola.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@OnSharedPlatform
class LiveUpdateE2eTests {

	@Test
	void aPublishedTitleShowsInAnOpenTabWithoutAReload(Portal portal, Browser browser, @TempDir Path directory)
			throws IOException {
		try (Visit business = Visit.of("business", portal, browser);
				Visit developer = Visit.of("developer", portal, browser)) {
			business.navigationLink("Partnerships").click();
			assertThat(business.heading("Partnerships")).isVisible();
			business.page().evaluate("window.sameTab = true");
			CommandLine pergola = new CommandLine(portal, teamToken(developer, "partnerships"));
			Path module = changed(directory, "\"Partnerships\"", "\"Alliances\"");
			assertThat(pergola.run("publish", module.toString(), "--bump", "minor", "--channel", "stable"))
				.contains("1.1.0");
			assertThat(business.navigationLink("Alliances")).isVisible();
			assertThat(business.heading("Alliances")).isVisible();
			assertThat(business.main().locator("a[href^='/partnerships/']").first()).isVisible();
			assertThat(business.page().evaluate("window.sameTab")).isEqualTo(true);
			pergola.run("rollback", "partnerships");
			assertThat(business.navigationLink("Partnerships")).isVisible();
			assertThat(business.page().evaluate("window.sameTab")).isEqualTo(true);
			assertThat(business.complaints()).isEmpty();
		}
	}

	@Test
	@Tag("registry-13")
	void theAdministratorSwitchesAModuleOffAndOnAndOpenTabsFollow(Portal portal, Browser browser) {
		try (Visit business = Visit.of("business", portal, browser); Visit admin = Visit.of("admin", portal, browser)) {
			business.navigationLink("People").click();
			assertThat(business.main().locator("a[href^='/people/']").first()).isVisible();
			admin.open("/admin/modules/people");
			admin.main().getByLabel("Reason").fill("Moving house until noon");
			admin.button(Pattern.compile("Switch off.*")).click();
			assertThat(business.main()).containsText("Moving house until noon");
			assertThat(business.main().locator("a[href^='/people/']")).hasCount(0);
			admin.open("/admin/modules/people");
			admin.button(Pattern.compile("Switch on.*")).click();
			assertThat(business.main().locator("a[href^='/people/']").first()).isVisible();
		}
	}

	@Test
	void theAdministratorMovesANavigationItemAndOpenTabsFollow(Portal portal, Browser browser) {
		try (Visit business = Visit.of("business", portal, browser); Visit admin = Visit.of("admin", portal, browser)) {
			String before = order(business);
			admin.open("/admin/navigation");
			admin.button(Pattern.compile("Move People up")).click();
			admin.button("Publish").click();
			business.page()
				.waitForCondition(() -> !order(business).equals(before),
						new Page.WaitForConditionOptions().setTimeout(10_000));
			APIResponse audit = admin.get("/registry/v1/audit");
			assertThat(audit.text()).contains("navigation").contains("admin");
		}
	}

	private static String order(Visit visit) {
		return String.join(",",
				visit.page()
					.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main navigation"))
					.getByRole(AriaRole.LINK)
					.allInnerTexts());
	}

	/**
	 * The developer's console hands a token out once; its page is where a person copies
	 * it.
	 */
	private static String teamToken(Visit developer, String team) {
		developer.open("/developer");
		Locator section = developer.main()
			.getByRole(AriaRole.REGION,
					new Locator.GetByRoleOptions().setName("Tokens of team " + team).setExact(true));
		section.getByLabel("What for").fill("e2e");
		section.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create a token")).click();
		assertThat(developer.main()).containsText("pgt_");
		Matcher token = Pattern.compile("pgt_[A-Za-z0-9_-]{20,}").matcher(developer.main().innerText());
		assertThat(token.find()).as("a token on the page").isTrue();
		return token.group();
	}

	private static Path changed(Path directory, String from, String to) throws IOException {
		Path source = Portal.root().resolve("samples/partnerships/module");
		Path target = directory.resolve("partnerships");
		FileSystemUtils.copyRecursively(source, target);
		Path manifest = target.resolve("manifest.json");
		String text = Files.readString(manifest);
		assertThat(text).contains(from);
		Files.writeString(manifest, text.replace(from, to));
		return target;
	}

}
