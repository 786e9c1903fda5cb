package dev.pergola.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator sees of an agent that works for somebody else, and does to it.
 */
@OnSharedPlatform
class AgentsConsoleE2eTests {

	private static final String AGENT = "partnerships/co-sell";

	@Test
	void anAdministratorSeesARunStopsItAndThePersonIsTold(Portal portal, Browser browser)
			throws IOException, InterruptedException {
		List<ProcessHandle> others = portal.programs("co_sell.py");
		List<ProcessHandle> programs = new ArrayList<>();
		try (Visit admin = Visit.of("admin", portal, browser); Visit business = Visit.of("business", portal, browser)) {
			admin.open("/admin/agents?state=going&agent=" + AGENT);
			assertThat(admin.main()).containsText("No run fits");
			business.ask("Co-sell scout", "Who could help us in retail?");
			business.page().waitForCondition(() -> business.answer().length() > 20);
			programs.addAll(portal.programs("co_sell.py"));
			programs.removeAll(others);
			// It would be through before a person has written why it has to stop.
			signal("-STOP", programs);
			Locator run = admin.main()
				.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("Run of .+ for .+")));
			assertThat(run).isVisible();
			run.click();
			assertThat(admin.heading("Run")).isVisible();
			assertThat(admin.main()).containsText("Running");
			List<String> findings = new ArrayList<>();
			EveryPageE2eTests.look(admin, "a run that is going", findings);
			Page page = admin.page();
			page.getByLabel("Reason").fill("Maintenance <now>");
			page.getByLabel(Pattern.compile("Stop the run of .+ for .+")).check();
			admin.button("Stop the run").click();
			assertThat(admin.main()).containsText("The agent is told to stop.");
			signal("-CONT", programs);
			assertThat(business.page().locator("pergola-chat"))
				.containsText(Pattern.compile("stopped", Pattern.CASE_INSENSITIVE));
			business.page().waitForCondition(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
			assertThat(admin.main()).containsText(Pattern.compile("State\\s*Stopped"));
			assertThat(admin.main()).containsText("Maintenance <now>");
			assertThat(admin.main()).not().containsText("Stop this run");
			assertThat(admin.button("Pause updates")).isHidden();
			assertThat(business.answer()).isNotEmpty().doesNotContain("Maintenance");
			EveryPageE2eTests.look(admin, "a run that was stopped", findings);
			admin.open("/admin/agents?state=cancelled&agent=" + AGENT);
			assertThat(run.first()).isVisible();
			assertThat(admin.button("Pause updates")).isVisible();
			EveryPageE2eTests.look(admin, "runs", findings);
			assertThat(findings).isEmpty();
		}
		finally {
			// What stands still cannot end, whatever went wrong before.
			signal("-CONT", programs);
		}
	}

	private static void signal(String name, List<ProcessHandle> programs) throws IOException, InterruptedException {
		for (ProcessHandle program : programs) {
			if (program.isAlive()) {
				new ProcessBuilder("kill", name, String.valueOf(program.pid())).start().waitFor();
			}
		}
	}

}
