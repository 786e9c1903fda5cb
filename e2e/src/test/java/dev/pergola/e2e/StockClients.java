package dev.pergola.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stock clients of AG-UI against the running portal, over connections that are cut. Runs
 * with {@code -Pstock-clients}; needs Node, and npm's registry for the clients.
 */
@OnSharedPlatform
class StockClients {

	private static final int CUTS = 12;

	@ParameterizedTest
	@ValueSource(strings = { "@ag-ui/client", "@tanstack/ai-client" })
	void theyGetEveryWordOnce(String client, Portal portal, Browser browser, @TempDir Path work) throws Exception {
		install(work);
		try (Visit visit = Visit.of("business", portal, browser);
				CuttingProxy proxy = new CuttingProxy(portal.port("portal"), CUTS, 7)) {
			String cookie = visit.page()
				.context()
				.cookies(portal.url("/"))
				.stream()
				.map((one) -> one.name + "=" + one.value)
				.collect(Collectors.joining("; "));
			String said = run(work, Map.of("PORTAL", "http://localhost:" + portal.port("portal"), "BETWEEN",
					proxy.origin(), "COOKIE", cookie, "QUESTION", "Which deals are at risk?"), "node", "clients.mjs",
					client);
			assertThat(said).contains(client + ": ");
			assertThat(proxy.cuts()).isGreaterThanOrEqualTo(CUTS);
		}
	}

	private static void install(Path work) throws IOException, InterruptedException {
		try (Stream<Path> files = Files.list(Portal.root().resolve("e2e/src/test/stock-clients"))) {
			for (Path file : files.toList()) {
				Files.copy(file, work.resolve(file.getFileName()));
			}
		}
		Path own = Portal.root().resolve("shell/target/npm/client");
		assertThat(own.resolve("package.json")).as("./mvnw -pl shell process-resources").exists();
		run(work, Map.of(), "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--install-links",
				own.toString());
	}

	private static String run(Path work, Map<String, String> environment, String... command)
			throws IOException, InterruptedException {
		Path errors = work.resolve("errors.log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile())
			.redirectError(ProcessBuilder.Redirect.to(errors.toFile()));
		builder.environment().putAll(environment);
		Process process = builder.start();
		process.getOutputStream().close();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as("%s: %s", List.of(command), Files.readString(errors)).isZero();
		return said;
	}

}
