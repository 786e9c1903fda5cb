package dev.pergola.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A page of a module, in React, into which an agent writes. */
@OnSharedPlatform
class DealBriefingE2eTests {

	private static final String BRIEF = "Brief me on this deal";

	private static final String RUNS = "**/agents/deals/*/runs";

	@Test
	void theBriefingAppearsAsItIsWrittenWithTheKeyboardAlone(Portal portal, Browser browser) {
		try (Visit visit = openDeal(portal, browser)) {
			Locator status = section(visit).getByRole(AriaRole.STATUS);
			visit.button(BRIEF).focus();
			visit.page().keyboard().press("Enter");
			assertThat(visit.button("Stop")).isFocused();
			assertThat(status).hasText("The agent looks at the deal…");
			visit.page().waitForCondition(() -> briefing(visit).length() > 20);
			assertThat(visit.button("Stop")).isVisible();
			assertThat(visit.button("Brief me again")).isFocused();
			assertThat(status).hasText("The briefing is ready.");
			assertThat(briefing(visit)).contains("How I got").hasSizeGreaterThan(300);
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void aProgramForNodeAnswersWithToolsAndText(Portal portal, Browser browser) {
		assumeTrue(hasNode(), "node is not installed: the agent Deal briefing cannot run");
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask("Deal briefing", "Brief me on d-2003");
			visit.page().waitForCondition(() -> visit.answer().contains("How I got here"));
			assertThat(visit.button("Stop")).isHidden();
			assertThat(visit.answer()).contains("What I would do next");
			assertThat(visit.page().locator("pergola-chat")).containsText("Supplier portal for Kestrel Foods");
			assertThat(visit.page().locator("pergola-tool-card")).hasCount(2);
			assertThat(portal.programs("deal_briefing.mjs")).isEmpty();
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void escapeStopsAndKeepsWhatWasWritten(Portal portal, Browser browser) {
		try (Visit visit = openDeal(portal, browser)) {
			visit.button(BRIEF).click();
			visit.page().waitForCondition(() -> briefing(visit).length() > 20);
			visit.page().keyboard().press("Escape");
			assertThat(visit.button("Brief me again")).isFocused();
			assertThat(section(visit).getByRole(AriaRole.STATUS)).containsText("Stopped");
			assertThat(briefing(visit)).hasSizeGreaterThan(20).doesNotContain("How I got");
		}
	}

	@Test
	void whoReloadsOrComesBackReadsOnAndNothingIsAskedTwice(Portal portal, Browser browser) {
		try (Visit visit = openDeal(portal, browser)) {
			// The same run again is no question: it attaches.
			Set<String> asked = ConcurrentHashMap.newKeySet();
			visit.page().onRequest((request) -> {
				if (request.method().equals("POST") && request.url().contains("/agents/deals/")) {
					asked.add(request.postData().replaceAll("(?s).*\"runId\":\"([^\"]+)\".*", "$1"));
				}
			});
			visit.button(BRIEF).click();
			visit.page().waitForCondition(() -> briefing(visit).length() > 20);
			String early = briefing(visit).substring(0, 20);
			visit.page().reload();
			visit.page().waitForCondition(() -> briefing(visit).length() > 20);
			visit.navigationLink("People").click();
			assertThat(visit.heading("People")).isVisible();
			visit.page().goBack();
			assertThat(visit.button("Brief me again")).isVisible();
			String whole = briefing(visit);
			assertThat(whole).startsWith(early).contains("How I got");
			assertThat(whole.indexOf(early, 1)).as("nothing twice").isNegative();
			visit.page().reload();
			assertThat(visit.button("Brief me again")).isVisible();
			assertThat(briefing(visit)).as("kept for this tab").isEqualTo(whole);
			assertThat(asked).hasSize(1);
		}
	}

	@Test
	void aRefusalIsSaidAndTriedAgain(Portal portal, Browser browser) {
		try (Visit visit = openDeal(portal, browser)) {
			visit.page()
				.route(RUNS, (route) -> route.fulfill(new Route.FulfillOptions().setStatus(409)
					.setContentType("application/problem+json")
					.setBody(
							"{\"title\": \"Conflict\", \"detail\": \"The agent is away.\", \"traceId\": \"trace-1\"}")));
			visit.button(BRIEF).click();
			assertThat(section(visit).getByRole(AriaRole.ALERT)).containsText("The agent is away.");
			assertThat(section(visit).getByRole(AriaRole.ALERT)).containsText("trace-1");
			visit.page().unroute(RUNS);
			visit.button("Try again").click();
			assertThat(section(visit).getByRole(AriaRole.ALERT)).hasCount(0);
			visit.page().waitForCondition(() -> briefing(visit).length() > 20);
		}
	}

	@Test
	void theDealStaysWhenTheCodeOfTheBriefingDoesNotCome(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.page().route("**/agents/hook.js", Route::abort);
			visit.open("/deals/" + visit.firstId("/api/deals/deals"));
			assertThat(section(visit).getByRole(AriaRole.ALERT)).containsText("This could not be loaded");
			assertThat(visit.main().getByText("Probability")).isVisible();
			visit.page().unroute("**/agents/hook.js");
			visit.button("Try again").click();
			assertThat(visit.button(BRIEF)).isFocused();
			assertThat(section(visit).getByRole(AriaRole.ALERT)).hasCount(0);
		}
	}

	@Test
	void whoWaitsSeesTheirPlace(Portal portal, Browser browser) {
		try (Visit visit = openDeal(portal, browser)) {
			answerWith(visit, "{\"type\":\"CUSTOM\",\"name\":\"pergola.queue\",\"value\":{\"position\":2}}");
			visit.button(BRIEF).click();
			assertThat(section(visit)).containsText("Waiting, place 2 in the queue…");
			assertThat(visit.button("Stop")).isVisible();
		}
	}

	@Test
	void whatIsToldAnewIsShownOnce(Portal portal, Browser browser) {
		try (Visit visit = openDeal(portal, browser)) {
			answerWith(visit,
					"{\"type\":\"MESSAGES_SNAPSHOT\",\"messages\":[{\"id\":\"u\",\"role\":\"user\",\"content\":\"Go.\"},"
							+ "{\"id\":\"m\",\"role\":\"assistant\",\"content\":\"It is \"}]}",
					"{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"role\":\"assistant\"}",
					"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"late.\"}",
					"{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"success\"}}");
			visit.button(BRIEF).click();
			assertThat(visit.button("Brief me again")).isVisible();
			visit.page().waitForCondition(() -> briefing(visit).equals("It is late."));
		}
	}

	@Test
	void anAgentThatCannotBeginIsReplacedByTheNext(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			List<String> asked = new CopyOnWriteArrayList<>();
			visit.page()
				.route("**/agents",
						(route) -> route.fulfill(new Route.FulfillOptions().setContentType("application/json")
							.setBody("[{\"module\": \"deals\", \"id\": \"deal-briefing\", \"title\": \"One\"},"
									+ "{\"module\": \"deals\", \"id\": \"deal-researcher\", \"title\": \"Other\"}]")));
			visit.page()
				.route("**/agents/deals/deal-briefing/runs", (route) -> route
					.fulfill(new Route.FulfillOptions().setContentType("text/event-stream")
						.setBody("data: {\"type\":\"RUN_ERROR\",\"message\":\"No.\",\"code\":\"AGENT_UNKNOWN\"}\n\n")));
			visit.page().onRequest((request) -> {
				if (request.url().endsWith("/runs")) {
					asked.add(request.url().replaceAll(".*/deals/", ""));
				}
			});
			visit.open("/deals/" + visit.firstId("/api/deals/deals"));
			visit.button(BRIEF).click();
			visit.page().waitForCondition(() -> briefing(visit).length() > 20);
			assertThat(asked).containsExactly("deal-briefing/runs", "deal-researcher/runs");
			assertThat(section(visit).getByRole(AriaRole.ALERT)).hasCount(0);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isAccessibleAndFitsAPhone(ColorScheme scheme, Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser,
				new Browser.NewContextOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE))) {
			Page page = visit.open("/deals/" + visit.firstId("/api/deals/deals"));
			page.setViewportSize(320, 720);
			visit.button(BRIEF).click();
			visit.page().waitForCondition(() -> briefing(visit).length() > 20);
			assertThat(new AxeBuilder(page).include("main").analyze().getViolations()).as("while it is written")
				.isEmpty();
			assertThat(visit.button("Brief me again")).isVisible();
			assertThat(new AxeBuilder(page).include("main").analyze().getViolations()).as("at the end").isEmpty();
			assertThat((int) page.evaluate("document.scrollingElement.scrollWidth")).isLessThanOrEqualTo(320);
		}
	}

	@Test
	void isNotOfferedToWhoMayNotAskTheAgents(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("designer", portal, browser)) {
			visit.open("/deals/" + visit.firstId("/api/deals/deals"));
			visit.settle();
			assertThat(visit.main().getByText("Probability")).isVisible();
			assertThat(visit.button(BRIEF)).hasCount(0);
		}
	}

	private static boolean hasNode() {
		return Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "node")));
	}

	/** Answers runs with events, and cuts the stream after the last. */
	private static void answerWith(Visit visit, String... events) {
		String stream = Stream.of(events).map((event) -> "data: " + event + "\n\n").collect(Collectors.joining());
		visit.page()
			.route(RUNS, (route) -> route
				.fulfill(new Route.FulfillOptions().setContentType("text/event-stream").setBody(stream)));
	}

	private static Visit openDeal(Portal portal, Browser browser) {
		Visit visit = Visit.of("business", portal, browser);
		visit.open("/deals/" + visit.firstId("/api/deals/deals"));
		return visit;
	}

	private static Locator section(Visit visit) {
		return visit.main().getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("Briefing"));
	}

	private static String briefing(Visit visit) {
		Locator message = section(visit).locator("pergola-chat-message");
		return (message.count() == 0) ? "" : (String) message.evaluate("message => message.text ?? ''");
	}

}
