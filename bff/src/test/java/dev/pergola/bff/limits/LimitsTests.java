package dev.pergola.bff.limits;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Rate;
import dev.pergola.manifests.RateLimit;
import dev.pergola.manifests.Upstream;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.RolloutShare;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LimitsTests {

	private static final Party ADA = new Party("issuer|ada", "acme", null);

	private static final Party BOB = new Party("issuer|bob", "acme", null);

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);

	private Limits limits = limits(Map.of());

	private Limits limits(Map<String, String> settings) {
		return TestLimits.of(settings, this.now::get);
	}

	private static CatalogModule module(String name, String... asked) {
		URI url = URI.create("http://service");
		Map<String, Manifest> versions = new LinkedHashMap<>();
		for (int i = 0; i < asked.length; i++) {
			RateLimit limit = asked[i].isEmpty() ? null : new RateLimit(Rate.parse(asked[i]));
			versions.put("1.0." + i, new Manifest(1, name, "1.0." + i, null, null, null, null, null, null, null, null,
					null, new Upstream(url, null, null, limit), List.of(), List.of(), null));
		}
		return new CatalogModule(name, name, true, null, url, List.of(RolloutShare.of("1.0.0", 100)), List.of(),
				Map.of(), versions);
	}

	private void publish(CatalogModule... modules) {
		this.limits.onCatalog(new Catalog(1, Instant.EPOCH, List.of(modules), Navigation.NONE));
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	/** Calls until one is refused. */
	private int callsOf(Party party, String module) {
		int calls = 0;
		while (refusal(party, module) == null) {
			calls++;
		}
		return calls;
	}

	private BffException refusal(Party party, String module) {
		return catchThrowableOfType(BffException.class, () -> this.limits.take(party, module));
	}

	@Test
	void asManyCallsAsTheRateSaysAreMadeAtOnceAndThenOneAfterAnother() {
		this.limits = limits(Map.of("person", "20/s"));
		assertThat(callsOf(ADA, null)).isEqualTo(20);
		pass(Duration.ofMillis(100));
		assertThat(callsOf(ADA, null)).isEqualTo(2);
		pass(Duration.ofHours(3));
		assertThat(callsOf(ADA, null)).isEqualTo(20);
	}

	@Test
	void aRefusalSaysWhatIsLimitedAndWhenToComeBack() {
		this.limits = limits(Map.of("person", "6/m"));
		callsOf(ADA, null);
		BffException refusal = refusal(ADA, null);
		assertThat(refusal.failure()).isEqualTo(Failure.TOO_MANY_CALLS);
		assertThat(refusal.members()).containsEntry("limit", "person").containsEntry("retryAfter", 10);
		assertThat(refusal.headers()).containsEntry("RateLimit-Policy", "\"person\";q=6;w=60")
			.containsEntry("RateLimit", "\"person\";r=0;t=60");
		assertThat(this.limits.refused(LimitKind.PERSON)).isEqualTo(2);
	}

	@Test
	void peopleDoNotUseUpEachOthersCalls() {
		this.limits = limits(Map.of("person", "5/s"));
		assertThat(callsOf(ADA, null)).isEqualTo(5);
		assertThat(callsOf(BOB, null)).isEqualTo(5);
	}

	@Test
	void onePersonsCallsAreCountedForEachModule() {
		this.limits = limits(Map.of("person-module", "5/s"));
		publish(module("deals", ""), module("people", ""));
		assertThat(callsOf(ADA, "deals")).isEqualTo(5);
		assertThat(callsOf(ADA, "people")).isEqualTo(5);
	}

	@Test
	void aTenantAndAModuleAreLimitedWhoeverCalls() {
		this.limits = limits(Map.of("tenant", "7/s", "tenants.big", "9/s", "modules.deals.all", "3/s"));
		publish(module("deals", ""), module("people", ""));
		assertThat(callsOf(ADA, "deals")).isEqualTo(3);
		assertThat(callsOf(BOB, "deals")).isZero();
		assertThat(callsOf(BOB, "people")).isEqualTo(4);
		assertThat(refusal(ADA, "people").members()).containsEntry("limit", "tenant");
		assertThat(callsOf(new Party("issuer|eve", "big", null), "people")).isEqualTo(9);
	}

	@Test
	void aProgramIsLimitedWhoeverItCallsFor() {
		this.limits = limits(Map.of("client", "4/s", "clients.sync", "6/s"));
		assertThat(callsOf(new Party("issuer|ada", null, "report"), null)).isEqualTo(4);
		assertThat(callsOf(new Party("issuer|bob", null, "report"), null)).isZero();
		assertThat(callsOf(new Party("issuer|bob", null, "sync"), null)).isEqualTo(6);
		assertThat(callsOf(new Party("issuer|eve", null, null), null)).as("the browser").isEqualTo(200);
	}

	@Test
	void aCallThatOneBucketRefusesIsTakenOutOfNone() {
		this.limits = limits(Map.of("person", "10/s", "modules.deals.person", "2/s"));
		publish(module("deals", ""), module("people", ""));
		assertThat(callsOf(ADA, "deals")).isEqualTo(2);
		Stream.generate(() -> refusal(ADA, "deals")).limit(50).forEach((each) -> assertThat(each).isNotNull());
		assertThat(callsOf(ADA, "people")).isEqualTo(8);
	}

	@Test
	@Tag("security-45")
	void aTeamMayAskForLessAndNeverForMore() {
		this.limits = limits(Map.of("person", "1000/s", "person-module", "20/s", "modules.open.person", "30/s"));
		publish(module("less", "5/s"), module("more", "500/s"), module("burst", "3600/h"), module("open", "25/s"),
				module("two", "5/s", "8/s"), module("silent", "5/s", ""));
		assertThat(callsOf(ADA, "less")).isEqualTo(5);
		assertThat(callsOf(ADA, "more")).isEqualTo(20);
		assertThat(callsOf(ADA, "open")).as("the administrators have the last word").isEqualTo(30);
		assertThat(callsOf(ADA, "two")).as("no version is cut short by another").isEqualTo(8);
		assertThat(callsOf(ADA, "silent")).isEqualTo(20);
		assertThat(callsOf(ADA, "burst")).as("not 3,600 at once").isEqualTo(20);
		pass(Duration.ofSeconds(5));
		assertThat(callsOf(ADA, "burst")).as("one in a second").isEqualTo(5);
	}

	@Test
	void whatIsNoModulesNameHasNoBucket() {
		publish(module("deals", ""));
		for (int i = 0; i < 100; i++) {
			this.limits.take(ADA, "nobody" + i);
		}
		assertThat(this.limits.size()).isLessThanOrEqualTo(2);
	}

	@Test
	void aLowerLimitCountsAtOnceAndLeavesNobodyWaitingForTheOldTime() {
		this.limits = limits(Map.of("person", "100000/s", "person-module", "1000/h"));
		publish(module("deals", ""));
		assertThat(callsOf(ADA, "deals")).isEqualTo(1000);
		publish(module("deals", "10/h"));
		assertThat(callsOf(ADA, "deals")).isZero();
		Limit second = Limit.of(Rate.parse("10/s"));
		Bucket bucket = new Bucket(Limit.of(Rate.parse("10/h")), 0, null);
		for (int i = 0; i < 10; i++) {
			bucket.take(bucket.limit(), 0);
		}
		assertThat(bucket.take(second, 0)).isPositive().isLessThan(Duration.ofSeconds(2).toNanos());
	}

	@Test
	void noCallIsTakenTwiceHoweverManyThreadsAsk() throws Exception {
		this.limits = limits(Map.of("person", "1000/h"));
		AtomicInteger taken = new AtomicInteger();
		try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
			for (int i = 0; i < 8; i++) {
				executor.submit(() -> taken.addAndGet(callsOf(ADA, null)));
			}
		}
		assertThat(taken).hasValue(1000);
	}

	@Test
	void nothingIsLimitedWhereLimitsAreOff() {
		Allowance allowance = TestLimits.unlimited().take(ADA, null);
		assertThat(allowance.headers()).isEmpty();
	}

}
