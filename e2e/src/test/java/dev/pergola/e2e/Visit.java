package dev.pergola.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;

/**
 * One person with a browser of their own. Notes what no visit may contain: errors on the
 * console and requests to other hosts.
 */
final class Visit implements AutoCloseable {

	private final Portal portal;

	private final BrowserContext context;

	private final Page page;

	private final List<String> complaints = new ArrayList<>();

	private final List<String> foreign = new ArrayList<>();

	static {
		// Waits longer only where something is slow or wrong.
		PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
	}

	private Visit(Portal portal, BrowserContext context) {
		this.portal = portal;
		this.context = context;
		context.setDefaultTimeout(15_000);
		context.onRequest((request) -> {
			if (!request.url().matches("(http://localhost:\\d+/|data:|blob:).*")) {
				this.foreign.add(request.url());
			}
		});
		context.onConsoleMessage((message) -> {
			if (message.type().equals("error")) {
				this.complaints.add(message.text() + " at " + message.location());
			}
		});
		context.onWebError((error) -> this.complaints.add(error.error()));
		this.page = context.newPage();
	}

	/**
	 * A browser nobody has signed in with.
	 */
	static Visit stranger(Portal portal, Browser browser) {
		return stranger(portal, browser, new Browser.NewContextOptions());
	}

	static Visit stranger(Portal portal, Browser browser, Browser.NewContextOptions options) {
		return new Visit(portal, browser.newContext(options));
	}

	/**
	 * Signs a demo person in and waits for the home page.
	 * @param person one of business, admin, developer, designer
	 */
	static Visit of(String person, Portal portal, Browser browser) {
		return of(person, portal, browser, new Browser.NewContextOptions());
	}

	static Visit of(String person, Portal portal, Browser browser, Browser.NewContextOptions options) {
		Visit visit = new Visit(portal, browser.newContext(options));
		visit.open("/");
		visit.signIn(person);
		return visit;
	}

	/**
	 * Fills the sign-in page in, where the browser is now.
	 */
	void signIn(String person) {
		this.page.getByLabel("User name").fill(person);
		this.page.getByLabel("Password").fill(person);
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
		this.page.waitForURL(Pattern.compile(Pattern.quote(this.portal.url("/")) + "(?!login|oauth2).*"));
	}

	Page open(String path) {
		this.page.navigate(this.portal.url(path));
		return this.page;
	}

	Page page() {
		return this.page;
	}

	/** Waits until nothing on the page is still on its way. */
	void settle() {
		PlaywrightAssertions.assertThat(this.page.getByRole(AriaRole.HEADING).first()).isVisible();
		PlaywrightAssertions
			.assertThat(this.page.locator("main :is([aria-busy=true], .pergola-skeleton, .pergola-loading)"))
			.hasCount(0);
		this.page.waitForFunction("() => !document.getAnimations().some((each) => each instanceof CSSTransition)");
	}

	/** An empty tab of the same browser. */
	Page tab() {
		return this.context.newPage();
	}

	Locator main() {
		return this.page.getByRole(AriaRole.MAIN);
	}

	Locator heading(String name) {
		return this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
	}

	Locator navigationLink(String name) {
		return this.page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main navigation"))
			.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
	}

	void openPersonMenu() {
		button(Pattern.compile("Signed in as .*")).click();
	}

	Locator button(Pattern name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	/** A write to the registry as the portal's own pages make it. */
	APIResponse send(String method, String path, Object body) {
		return request().fetch(this.portal.url(path),
				RequestOptions.create()
					.setMethod(method)
					.setHeader("X-Pergola", "1")
					.setHeader("Sec-Fetch-Site", "same-origin")
					.setData(body));
	}

	/** A call as the portal's own pages make it, with the session's cookie. */
	APIResponse get(String path) {
		return request().get(this.portal.url(path), RequestOptions.create().setHeader("X-Pergola", "1"));
	}

	/** Opens the assistant beside the page and asks an agent. */
	void ask(String agent, String question) {
		openAssistant();
		this.page.getByLabel("Agent").selectOption(agent);
		Locator prompt = this.page.getByRole(AriaRole.TEXTBOX,
				new Page.GetByRoleOptions().setName("Message to " + agent));
		prompt.fill(question);
		prompt.press("Enter");
	}

	void openAssistant() {
		this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the assistant")).click();
	}

	/** What an agent wrote last, as far as it is here. */
	String answer() {
		Locator answers = this.page.locator("pergola-chat pergola-chat-message[from=assistant]");
		return (answers.count() == 0) ? "" : (String) answers.last().evaluate("message => message.text");
	}

	/** The first id in the list of a service. */
	String firstId(String path) {
		return get(path).text().replaceAll("(?s).*?\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
	}

	APIRequestContext request() {
		return this.context.request();
	}

	List<String> complaints() {
		return this.complaints;
	}

	List<String> foreign() {
		return this.foreign;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
