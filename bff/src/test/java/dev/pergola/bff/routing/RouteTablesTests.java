package dev.pergola.bff.routing;

import java.util.List;

import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.registry.client.CatalogSource;
import dev.pergola.registry.client.CatalogStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RouteTablesTests {

	private static final CatalogModule DEALS = TestCatalog.module("deals", "http://deals:1");

	private final TestCatalog catalogs = new TestCatalog();

	private final Replayed source = new Replayed();

	private final RouteTables tables = new RouteTables(this.source, TestRoutes.compiler(), List.of());

	@BeforeEach
	void start() {
		this.tables.afterPropertiesSet();
	}

	@AfterEach
	void stop() {
		this.tables.destroy();
	}

	@Test
	@Tag("security-47")
	void refusesAnOlderCatalogThatIsPlayedAgain() {
		Catalog open = this.catalogs.put(DEALS);
		Catalog switchedOff = this.catalogs.put(TestCatalog.disabled(DEALS, "Leaks."));
		Catalog later = this.catalogs.put(TestCatalog.disabled(DEALS, "Leaks."), TestCatalog.module("people", null));
		this.source.say(open);
		this.source.say(switchedOff);
		this.source.say(open);
		this.source.say(later);
		await().until(() -> this.tables.current().revision() == later.revision());
		assertThat(this.tables.find("/api/deals/x")).isNull();
		this.source.say(open);
		this.source.say(this.catalogs.put());
		await().until(() -> this.tables.current().revision() > later.revision());
		assertThat(this.tables.current().modules()).isEmpty();
	}

	@Test
	@Tag("security-46")
	void keepsTheLastGoodTableWhenTheCatalogIsNoLongerFollowed() {
		Catalog open = this.catalogs.put(DEALS);
		this.source.say(open);
		await().until(() -> this.tables.current().revision() == open.revision());
		this.source.changes.tryEmitError(new IllegalStateException("away"));
		assertThat(this.tables.find("/api/deals/x")).isNotNull();
	}

	/** Says any catalog at any time. */
	private static final class Replayed implements CatalogSource {

		private final Sinks.Many<Catalog> changes = Sinks.many().unicast().onBackpressureBuffer();

		void say(Catalog catalog) {
			this.changes.tryEmitNext(catalog).orThrow();
		}

		@Override
		public Catalog current() {
			return Catalog.EMPTY;
		}

		@Override
		public Flux<Catalog> changes() {
			return this.changes.asFlux();
		}

		@Override
		public CatalogStatus status() {
			throw new UnsupportedOperationException();
		}

	}

}
