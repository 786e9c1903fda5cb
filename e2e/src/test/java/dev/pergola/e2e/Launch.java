package dev.pergola.e2e;

import java.util.List;

import com.microsoft.playwright.BrowserType;
import dev.pergola.testing.Chromium;

/** How the browser is started. */
final class Launch {

	private Launch() {
	}

	/** One that calls nobody but the pages it is shown. */
	static BrowserType.LaunchOptions options() {
		return new BrowserType.LaunchOptions().setExecutablePath(Chromium.executable())
			.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
					"--disable-component-update", "--disable-sync", "--no-first-run"));
	}

}
