package dev.pergola.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One platform and one browser for all tests that do not break it; started by the first
 * test that asks, ended after the last.
 */
final class Platform implements BeforeAllCallback, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Platform.class);

	@Override
	public void beforeAll(ExtensionContext context) {
		shared(context);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Portal.class
				|| parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Shared shared = shared(context);
		return (parameter.getParameter().getType() == Portal.class) ? shared.portal : shared.browser;
	}

	private static Shared shared(ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Shared.class, (type) -> new Shared(), Shared.class);
	}

	/** Closed by JUnit after the last test. */
	static final class Shared implements AutoCloseable {

		private final Portal portal;

		private final Playwright playwright;

		private final Browser browser;

		Shared() {
			try {
				this.portal = Portal.start(Files.createTempDirectory("pergola-e2e-"),
						Map.of("pergola.registry.publishers.issuers[0].issuer", Furniture.ISSUER,
								"pergola.registry.publishers.issuers[0].audience", Furniture.AUDIENCE));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.playwright = Playwright.create();
			this.browser = this.playwright.chromium().launch(Launch.options());
		}

		@Override
		public void close() {
			this.browser.close();
			this.playwright.close();
			this.portal.close();
		}

	}

}
