package dev.pergola.design.browser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all browser tests share: a server, a browser, and no complaint in the console.
 */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GalleryContract {

	private final List<String> complaints = new ArrayList<>();

	private final List<String> foreign = new ArrayList<>();

	private GalleryServer server;

	private Browser browser;

	@BeforeAll
	void open(Browser browser) throws IOException {
		this.browser = browser;
		this.server = new GalleryServer(0);
	}

	@AfterAll
	void close() {
		this.server.close();
	}

	@AfterEach
	void nothingWasComplainedOfAndNobodyElseAsked() {
		List<String> said = List.copyOf(this.complaints);
		List<String> asked = List.copyOf(this.foreign);
		this.complaints.clear();
		this.foreign.clear();
		assertThat(said).as("errors in the console, of scripts or of the policy").isEmpty();
		assertThat(asked).as("requests to other origins").isEmpty();
	}

	Page page(String name, Browser.NewContextOptions options) {
		BrowserContext context = this.browser.newContext(options);
		Page page = context.newPage();
		page.onConsoleMessage(this::said);
		page.onPageError(this.complaints::add);
		page.onRequest((request) -> {
			if (!request.url().startsWith(this.server.url("/"))) {
				this.foreign.add(request.url());
			}
		});
		open(page, name);
		return page;
	}

	void open(Page page, String name) {
		page.navigate(this.server.url("/design/" + name));
	}

	Page page(String name) {
		return page(name, new Browser.NewContextOptions());
	}

	private void said(ConsoleMessage message) {
		if (message.type().equals("error")) {
			this.complaints.add(message.text());
		}
	}

}
