package dev.pergola.shell.browser;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/**
 * A browser of its own with one tab on a scripted portal.
 */
final class Tab implements AutoCloseable {

	private final ScriptedPortal portal;

	private final BrowserContext context;

	private final Page page;

	private final List<String> warnings = new ArrayList<>();

	private final List<String> loads = new ArrayList<>();

	private Tab(ScriptedPortal portal, BrowserContext context) {
		this.portal = portal;
		this.context = context;
		context.setDefaultTimeout(10_000);
		this.page = context.newPage();
		this.page.onConsoleMessage((message) -> this.warnings.add(message.text()));
		this.page.onRequest((request) -> {
			if (request.isNavigationRequest() && request.frame() == this.page.mainFrame()) {
				this.loads.add(request.url());
			}
		});
	}

	static Tab open(Browser browser, ScriptedPortal portal, String path) {
		Tab tab = new Tab(portal, browser.newContext());
		tab.page.navigate(portal.url(path));
		return tab;
	}

	Page page() {
		return this.page;
	}

	Page another(String path) {
		Page other = this.context.newPage();
		other.navigate(this.portal.url(path));
		return other;
	}

	/** What the console said. */
	List<String> console() {
		return this.warnings;
	}

	/** How often a document was loaded for real. */
	int loads() {
		return this.loads.size();
	}

	Locator main() {
		return this.page.locator("main");
	}

	Locator host(String module) {
		return this.page.locator("pergola-module-host[data-module='" + module + "']");
	}

	Locator menuLink(String name) {
		return this.page.locator("#pergola-navigation")
			.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Object evaluate(String script) {
		return this.page.evaluate(script);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
