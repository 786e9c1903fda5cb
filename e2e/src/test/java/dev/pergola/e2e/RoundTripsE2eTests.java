package dev.pergola.e2e;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a browser has to ask before a module is there. Every script and style takes
 * the same long time, so that the time until the module is mounted counts the trips.
 */
@OnSharedPlatform
@Isolated("it measures time")
class RoundTripsE2eTests {

	private static final Duration TRIP = Duration.ofSeconds(2);

	private static final Set<String> DELAYED = Set.of("script", "stylesheet");

	@ParameterizedTest
	@CsvSource({ "/partnerships, partnerships-list", "/deals, [data-pergola-mount] *" })
	void aModuleIsMountedTwoTripsAfterTheHtml(String path, String element, Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			// A tab of its own has no file in memory; routes switch the cache on disk
			// off.
			Page page = visit.tab();
			AtomicReference<Double> millis = new AtomicReference<>();
			page.exposeFunction("mountedAfter", (arguments) -> {
				millis.compareAndSet(null, ((Number) arguments[0]).doubleValue());
				return null;
			});
			page.addInitScript("""
					new MutationObserver((changes, observer) => {
					  if (document.querySelector("%s") !== null) {
					    observer.disconnect();
					    const [html] = performance.getEntriesByType("navigation");
					    mountedAfter(performance.now() - html.responseStart);
					  }
					}).observe(document, { childList: true, subtree: true });
					""".formatted(element));
			Deque<Delayed> delayed = new ArrayDeque<>();
			page.route("**/*", (route) -> delay(route, delayed));
			page.navigate(portal.url(path), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
			page.waitForCondition(() -> {
				release(delayed);
				return millis.get() != null;
			});
			assertThat(millis.get() / TRIP.toMillis()).as("trips to %s", path).isBetween(1.0, 2.5);
		}
	}

	private static void delay(Route route, Deque<Delayed> delayed) {
		if (DELAYED.contains(route.request().resourceType())) {
			delayed.add(new Delayed(route, System.nanoTime() + TRIP.toNanos()));
		}
		else {
			route.resume();
		}
	}

	private static void release(Deque<Delayed> delayed) {
		while (!delayed.isEmpty() && delayed.element().nanoTime() <= System.nanoTime()) {
			delayed.remove().route().resume();
		}
	}

	/**
	 * A request that waits.
	 *
	 * @param nanoTime when it may go on
	 */
	record Delayed(Route route, long nanoTime) {
	}

}
