package dev.pergola.bff.resilience;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls are made again, refused or shed, as their upstream is. */
class ResilienceIntegrationTests extends UpstreamInTrouble {

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-16")
	@Tag("bff-18")
	void opensAfterAnswersThatBreakOffAndRecovers(Way way) throws Exception {
		AtomicInteger broken = new AtomicInteger(6);
		Module module = module((head, out) -> {
			if (broken.getAndDecrement() > 0) {
				return end(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
			}
			return keep(out, OK);
		});
		for (int i = 0; i < 6; i++) {
			assertThat(raw(way, module.path("/x"))).startsWith("HTTP/1.1 200").endsWith("half");
		}
		await(() -> module.guard().health().circuit().state().equals("open"));
		HttpResponse<String> refused = way.get(module.path("/x"));
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(refused.body()).contains("/problems/circuit-open", "traceId", module.name())
			.doesNotContain("localhost");
		assertThat(module.upstream().heads()).hasSize(6);
		await(() -> way.get(module.path("/x")).statusCode() == 200);
		assertThat(module.guard().health().circuit().state()).isEqualTo("closed");
		assertThat(module.guard().failures().get(FailureKind.BROKEN)).isEqualTo(6);
		assertThat(module.guard().inFlight()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-18")
	void makesACallAgainThatFailedBeforeTheFirstByte(Way way) throws Exception {
		AtomicInteger calls = new AtomicInteger();
		Module module = module((head, out) -> calls.incrementAndGet() % 2 == 0 && keep(out, OK));
		HttpResponse<String> response = way.get(module.path("/x"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(module.upstream().heads()).hasSize(2)
			.allSatisfy((head) -> assertThat(deadline(head)).isBetween(1L, 5000L));
		assertThat(module.guard().retries()).isEqualTo(1);
		await(() -> module.guard().inFlight() == 0);
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-18")
	void makesNoCallAgainThatBeganToBeAnswered(Way way) throws Exception {
		Module module = module((head, out) -> end(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nh"));
		raw(way, module.path("/x"));
		assertThat(module.upstream().heads()).hasSize(1);
		assertThat(module.guard().retries()).isZero();
	}

	@Test
	@Tag("bff-18")
	void makesNoCallTwiceThatMayHaveDoneSomething() throws Exception {
		Module module = module((head, out) -> false);
		HttpResponse<String> response = TestBff
			.send(Way.LONG.request(module.path("/x")).POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}")).build());
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(TestBff.send(Way.LONG.request(module.path("/x")).DELETE().build()).statusCode()).isEqualTo(502);
		assertThat(module.upstream().heads()).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-18")
	void theBudgetStopsAStormOfRetries(Way way) throws Exception {
		AtomicInteger good = new AtomicInteger(40);
		Module module = module((head, out) -> good.getAndDecrement() > 0 && keep(out, OK));
		for (int i = 0; i < 40; i++) {
			assertThat(way.get(module.path("/x")).statusCode()).isEqualTo(200);
		}
		int before = module.upstream().heads().size();
		int refused = 0;
		for (int i = 0; i < 60; i++) {
			refused += way.get(module.path("/x")).body().contains("circuit-open") ? 1 : 0;
		}
		int calls = module.upstream().heads().size() - before;
		assertThat(module.guard().retries()).isBetween(3L, 16L);
		assertThat(refused).isPositive();
		assertThat(calls).isLessThan(60 - refused + 20);
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-19")
	void whatHangsOfOneModuleLeavesOthersAloneAndTooMuchInAllIsShed(Way way) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		RawUpstream.Answer hanging = (head, out) -> {
			hold(release);
			return keep(out, OK);
		};
		Module slow = module(hanging);
		Module other = module((head, out) -> head.contains("/hang") ? hanging.write(head, out) : keep(out, OK));
		List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
		hang(way, slow, "/x", held);
		HttpResponse<String> busy = way.get(slow.path("/x"));
		assertProblem(busy, "upstream-busy");
		assertThat(way.get(other.path("/x")).statusCode()).isEqualTo(200);
		hang(way, other, "/hang", held);
		Module third = module((head, out) -> keep(out, OK));
		HttpResponse<String> shed = way.get(third.path("/x"));
		assertProblem(shed, "overloaded");
		assertThat(third.upstream().heads()).isEmpty();
		assertThat(TestBff.send(bff.request("/api/nobody/x", null).build()).body()).contains("overloaded");
		release.countDown();
		for (CompletableFuture<HttpResponse<String>> call : held) {
			assertThat(call.get().statusCode()).isEqualTo(200);
		}
		assertThat(way.get(third.path("/x")).statusCode()).isEqualTo(200);
	}

	private static void hang(Way way, Module module, String path, List<CompletableFuture<HttpResponse<String>>> held) {
		for (int i = 0; i < 6; i++) {
			held.add(CompletableFuture.supplyAsync(() -> way.get(module.path(path)), executor));
		}
		await(() -> module.guard().inFlight() == 6);
	}

	private static void assertProblem(HttpResponse<String> response, String type) {
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(response.body()).contains("/problems/" + type, "traceId").doesNotContain("localhost");
	}

	@Test
	@Tag("bff-18")
	void partsOfAViewPassTheSameGuard() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		Module deals = module((head, out) -> calls.incrementAndGet() != 1
				&& keep(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1"));
		CountDownLatch never = new CountDownLatch(1);
		Module hanging = module((head, out) -> hold(never));
		Map<String, ViewPart> parts = new LinkedHashMap<>();
		parts.put("deals", new ViewPart(deals.name(), "/x", false, null));
		parts.put("owner", new ViewPart(hanging.name(), "/y", true, Duration.ofMillis(100)));
		String name = "m" + names.incrementAndGet();
		publish(TestCatalog.module(name, "http://localhost:1", null, List.of(new View("/v", null, parts)), List.of()));
		await(() -> bff.get("/views/" + name + "/v", TestBff.token("ada")).statusCode() != 404);
		assertThat(deals.guard().retries()).isEqualTo(1);
		assertThat(deals.upstream().heads()).allSatisfy((head) -> assertThat(deadline(head)).isBetween(1L, 2000L));
		await(() -> bff.get("/views/" + name + "/v", TestBff.token("ada")).body().contains("\"unavailable\""));
		assertThat(hanging.guard().failures().get(FailureKind.TIMEOUT)).isPositive();
		assertThat(hanging.guard().refusals().get(RefusalKind.CIRCUIT_OPEN)).isPositive();
		await(() -> hanging.guard().inFlight() == 0 && deals.guard().inFlight() == 0);
		never.countDown();
	}

	@Test
	void theStateOfModulesCanBeSeenWithoutTheirAddresses() throws Exception {
		Module module = module((head, out) -> false);
		Way.LONG.get(module.path("/x"));
		HttpResponse<String> response = TestBff.send(HttpRequest.newBuilder(URI.create("http://localhost:"
				+ bff.context().getEnvironment().getRequiredProperty("local.management.port") + "/actuator/upstreams"))
			.build());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body())
			.contains("\"module\":\"" + module.name() + "\"", "\"failures\":{\"broken\":2}",
					"\"lastFailure\":\"broken\"", "\"maxCalls\":12")
			.doesNotContain("localhost", "" + module.upstream().port());
	}

}
