package dev.pergola.bff.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Calls calls = new Calls(this.registry, new MetricsProperties(false, List.of(), Duration.ZERO));

	private final TestCatalog catalog = new TestCatalog();

	@Test
	void recordsACallWithItsModuleAndTeam() {
		retain(TestCatalog.module("deals", null));
		CallMeters meters = this.calls.find("deals", RouteKind.API);
		meters.begin();
		assertThat(this.registry.get("pergola.bff.calls.active").tag("module", "deals").gauge().value()).isEqualTo(1);
		meters.upstream(1_000_000);
		meters.record(200, Outcome.OK, 2_000_000, 10, 20);
		Timer timer = this.registry.get("pergola.bff.calls")
			.tags("module", "deals", "team", "deals", "kind", "api", "outcome", "ok", "status", "2xx")
			.timer();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
		assertThat(this.registry.get("pergola.bff.calls.active").gauge().value()).isZero();
		assertThat(this.registry.get("pergola.bff.calls.received").functionCounter().count()).isEqualTo(10);
		assertThat(this.registry.get("pergola.bff.calls.sent").functionCounter().count()).isEqualTo(20);
		assertThat(this.registry.get("pergola.bff.calls.upstream").timer().count()).isEqualTo(1);
	}

	@Test
	void makesNoMeterForWhatCallersThinkUp() {
		retain(TestCatalog.module("deals", null));
		for (int i = 0; i < 1000; i++) {
			call(this.calls.find("module-" + i, RouteKind.API), 404);
			call(this.calls.find("deals", RouteKind.API), 200 + i);
		}
		assertThat(this.registry.getMeters()).hasSizeLessThan(20)
			.allSatisfy((meter) -> assertThat(meter.getId().getTag("module")).isIn("none", "deals"));
	}

	@Test
	void takesAwayTheMetersOfModulesThatLeft() {
		retain(TestCatalog.module("deals", null), TestCatalog.module("people", null));
		CallMeters deals = this.calls.find("deals", RouteKind.API);
		call(deals, 200);
		call(this.calls.find("people", RouteKind.API), 200);
		retain(TestCatalog.module("people", null));
		call(deals, 500);
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getTag("module"))
			.containsOnly("people");
		assertThat(this.calls.find("deals", RouteKind.API).module()).isEqualTo("none");
	}

	@Test
	void countsForTheTeamThatHasTheModuleNow() {
		CatalogModule before = TestCatalog.module("deals", null);
		retain(before);
		CallMeters meters = this.calls.of("deals", "deals", RouteKind.API);
		call(meters, 200);
		retain(new CatalogModule("deals", "sales", true, null, null, before.rollout(), before.overrides(),
				before.channels(), before.versions()));
		call(meters, 200);
		assertThat(this.registry.getMeters()).extracting((Meter meter) -> meter.getId().getTag("team"))
			.containsOnly("sales");
		assertThat(this.registry.get("pergola.bff.calls").timer().count()).isEqualTo(1);
		assertThat(this.calls.find("deals", RouteKind.API)).isSameAs(meters);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "200, -, OK", "304, -, OK", "404, -, CLIENT_ERROR", "503, -, UPSTREAM_ERROR",
					"404, unknown-module, REFUSED", "401, unauthenticated, REFUSED", "504, upstream-timeout, TIMEOUT",
					"503, upstream-busy, UPSTREAM_ERROR", "503, circuit-open, UPSTREAM_ERROR",
					"503, overloaded, REFUSED", "502, view-part-failed, UPSTREAM_ERROR", "500, internal, FAILED" })
	void tellsOutcomesApart(int status, String problem, Outcome outcome) {
		assertThat(Outcome.of(status, problem)).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource({ "/api/deals/7, API, deals", "/api/deals, API, deals", "/views/deals/x, VIEW, deals",
			"/modules/deals/1.0.0/x.js, FILES, deals", "/.well-known/mercure, EVENTS, ''", "/deals, SHELL, ''",
			"/registry/v1/modules, REGISTRY, ''" })
	void tellsKindsAndModulesByThePath(String path, RouteKind kind, String module) {
		assertThat(RouteKind.of(path)).isEqualTo(kind);
		assertThat(kind.module(path)).isEqualTo(module);
	}

	private void retain(CatalogModule... modules) {
		Catalog next = this.catalog.put(modules);
		this.calls.retain(next);
	}

	private static void call(CallMeters meters, int status) {
		meters.begin();
		meters.record(status, Outcome.OK, 1, 0, 0);
	}

}
