package dev.pergola.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@OnSharedPlatform
class CommandLineSignInE2eTests {

	private static final String SAID = "Sign in at ";

	@Test
	void anAdministratorSignsInWithTheBrowserAndActsAsThemselves(Portal portal, Browser browser, @TempDir Path settings)
			throws Exception {
		CommandLine commandLine = CommandLine.of(portal, settings);
		Process login = commandLine.start("login", "--browser", "--no-open");
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(login.getInputStream(), StandardCharsets.UTF_8));
				BrowserContext context = browser.newContext()) {
			Page page = context.newPage();
			page.navigate(address(output));
			page.getByLabel("User name").fill("admin");
			page.getByLabel("Password").fill("admin");
			page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
			assertThat(page.getByText("You can close this tab")).isVisible();
			assertThat(login.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(output.readLine()).startsWith("logged in to ");
		}
		assertThat(commandLine.run("teams")).contains("partnerships");
		assertThat(commandLine.run("nav", "export")).contains("groups");
		assertThat(commandLine.run("audit", "--limit", "1")).contains("ACTION");
	}

	private static String address(BufferedReader output) throws IOException {
		String line = output.readLine();
		while (line != null && !line.startsWith(SAID)) {
			line = output.readLine();
		}
		assertThat(line).isNotNull();
		return String.valueOf(line).substring(SAID.length());
	}

}
