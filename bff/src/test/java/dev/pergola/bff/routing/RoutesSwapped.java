package dev.pergola.bff.routing;

import java.time.Duration;

import org.awaitility.Awaitility;

import org.springframework.context.ApplicationContext;

/** Waits for what happens behind the back of whoever changes the catalog. */
public final class RoutesSwapped {

	private RoutesSwapped() {
	}

	/** Until routes are those of a revision, and all that follow the catalog know. */
	public static void await(ApplicationContext bff, long revision) {
		RouteTables tables = bff.getBean(RouteTables.class);
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> tables.current().revision() >= revision);
		// They are told within the lock.
		synchronized (tables) {
			tables.current();
		}
	}

}
