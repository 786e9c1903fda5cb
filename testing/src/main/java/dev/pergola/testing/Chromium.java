package dev.pergola.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The Chromium of this machine. As an extension it hands a browser to tests that ask for
 * one, started once for all of them.
 */
public final class Chromium implements ParameterResolver {

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(Running.class, (key) -> Running.start(), Running.class)
			.browser();
	}

	/**
	 * Where it is.
	 * @throws IllegalStateException saying what to install where there is none
	 */
	public static Path executable() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.flatMap((folder) -> NAMES.stream().map((name) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("no Chromium on the PATH: apt-get install chromium"));
	}

	private record Running(Playwright playwright, Browser browser) implements AutoCloseable {

		static Running start() {
			Playwright playwright = Playwright
				.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
			return new Running(playwright,
					playwright.chromium()
						.launch(new BrowserType.LaunchOptions().setExecutablePath(executable())
							.setArgs(List.of("--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"))));
		}

		@Override
		public void close() {
			this.playwright.close();
		}

	}

}
