package dev.pergola.bff.resilience;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.DecoderException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("bff-18")
class UpstreamGuardTests {

	private static final URI UPSTREAM = URI.create("http://deals:1");

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	/** Just longer than a circuit stays open. */
	private static final Duration OPEN = Duration.ofMillis(5001);

	private final TestTime time = new TestTime();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final UpstreamGuards guards = guards(10, 6, false);

	private final UpstreamGuard guard = this.guards.of(UPSTREAM, "deals", "deals");

	private UpstreamGuards guards(int maxCalls, int maxCallsPerModule, boolean countInternalErrors) {
		return new UpstreamGuards(
				new ResilienceProperties(maxCalls, maxCallsPerModule, new ResilienceProperties.Limit(true, 8, 2, 20),
						new ResilienceProperties.Circuit(50, Duration.ofSeconds(10), 4, Duration.ofSeconds(5), 2,
								countInternalErrors),
						new ResilienceProperties.Retry(1, Duration.ofMillis(20), 20, 3, Duration.ofSeconds(10)),
						Duration.ofSeconds(30)),
				this.registry, this.time, this.time);
	}

	@Test
	void opensAfterFailuresAndClosesAfterTrialsThatGoWell() {
		fail(4);
		assertRefused(this.guard, Failure.CIRCUIT_OPEN);
		this.time.pass(Duration.ofMillis(3500));
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> this.guard.admit(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.members()).containsEntry("retryAfter", 2));
		this.time.pass(Duration.ofMillis(1501));
		Permit first = this.guard.admit(TIMEOUT);
		Permit second = this.guard.admit(TIMEOUT);
		assertRefused(this.guard, Failure.CIRCUIT_OPEN);
		assertThat(state().circuit()).isEqualTo("half-open");
		List.of(first, second).forEach(UpstreamGuardTests::succeed);
		assertThat(state().circuit()).isEqualTo("closed");
		assertThat(state().openSince()).isNull();
		succeed(this.guard.admit(TIMEOUT));
	}

	@Test
	void opensAgainForItsWholeTimeWhenTrialsFail() {
		fail(4);
		this.time.pass(OPEN);
		fail(2);
		assertThat(state().openSince()).isEqualTo(this.time.instant().minus(OPEN));
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> this.guard.admit(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.members()).containsEntry("retryAfter", 5));
	}

	@Test
	void callsFromBeforeDoNotDecideATrial() {
		Permit early = this.guard.admit(TIMEOUT);
		Permit other = this.guard.admit(TIMEOUT);
		fail(4);
		this.time.pass(OPEN);
		Permit trial = this.guard.admit(TIMEOUT);
		early.failed(new IOException());
		other.cancelled();
		assertThat(state().circuit()).isEqualTo("half-open");
		succeed(trial);
		succeed(this.guard.admit(TIMEOUT));
		assertThat(state().circuit()).isEqualTo("closed");
	}

	@Test
	void aTrialNobodyWaitsForIsGivenBack() {
		fail(4);
		this.time.pass(OPEN);
		for (int i = 0; i < 10; i++) {
			this.guard.admit(TIMEOUT).cancelled();
		}
		assertThat(state().circuit()).isEqualTo("half-open");
	}

	@ParameterizedTest
	@ValueSource(ints = { 502, 503, 504 })
	void countsWhatSaysThatTheServiceIsAway(int status) {
		answer(this.guard, status);
		assertRefused(this.guard, Failure.CIRCUIT_OPEN);
		assertThat(state().lastFailure()).isEqualTo("status");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 304, 400, 404, 429, 500, 501 })
	void countsNoOtherAnswer(int status) {
		answer(this.guard, status);
		this.guard.admit(TIMEOUT).cancelled();
		assertThat(state().failures()).isEmpty();
	}

	@Test
	void countsInternalErrorsWhenItIsTold() {
		UpstreamGuard strict = guards(10, 6, true).of(UPSTREAM, "deals", "deals");
		answer(strict, 500);
		assertRefused(strict, Failure.CIRCUIT_OPEN);
	}

	@Test
	@Tag("bff-16")
	void countsAnswersThatBreakOffAfterTheyBegan() {
		for (int i = 0; i < 2; i++) {
			begin(200).failed(new IOException());
			begin(200).failed(new BodyStalledException());
		}
		assertRefused(this.guard, Failure.CIRCUIT_OPEN);
		assertThat(state().failures()).containsOnlyKeys("broken", "stalled");
	}

	@Test
	void countsNeitherClientsThatLeaveNorFaultsOfOurOwn() {
		for (int i = 0; i < 10; i++) {
			begin(200).cancelled();
			this.guard.admit(TIMEOUT).failed(new IllegalStateException());
		}
		assertThat(state().circuit()).isEqualTo("closed");
		assertThat(state().failures()).isEmpty();
		assertThat(state().inFlight()).isZero();
	}

	@Test
	void anEndIsToldOnce() {
		Permit permit = begin(200);
		permit.succeeded();
		permit.failed(new IOException());
		permit.cancelled();
		assertThat(state().inFlight()).isZero();
		assertThat(state().failures()).isEmpty();
	}

	@Test
	void oneModuleLeavesPlacesForOthers() {
		UpstreamGuard people = this.guards.of(URI.create("http://people:1"), "people", "people");
		List<Permit> all = take(this.guard, 6);
		assertRefused(this.guard, Failure.UPSTREAM_BUSY);
		all.addAll(take(people, 4));
		assertRefused(people, Failure.OVERLOADED);
		assertThat(this.guards.isFull()).isTrue();
		all.forEach(Permit::cancelled);
		assertThat(this.guards.load().inFlight()).isZero();
		people.admit(TIMEOUT).cancelled();
	}

	@Test
	@Tag("bff-19")
	void modulesOfOneUpstreamShareWhatItTakes() {
		UpstreamGuard other = this.guards.of(UPSTREAM, "offers", "offers");
		take(this.guard, 4);
		take(other, 4);
		assertRefused(other, Failure.UPSTREAM_BUSY);
		assertThat(this.guard.inFlight()).isEqualTo(4);
		assertThat(other.refusals().get(RefusalKind.UPSTREAM_LIMIT)).isEqualTo(1);
	}

	@Test
	void repeatsOnceWhatFailedBeforeItBegan() {
		Permit permit = this.guard.admit(TIMEOUT);
		assertThat(permit.retry(new ConnectException())).isBetween(10_000_000L, 30_000_001L);
		assertThat(permit.retry(new ConnectException())).isNegative();
		permit.failed(new ConnectException());
		assertThat(state().failures()).containsEntry("connect", 2L);
		assertThat(state().retries()).isEqualTo(1);
		assertThat(state().inFlight()).isZero();
	}

	@Test
	void repeatsNothingThatBeganOrThatTimeWillNotHelp() {
		assertThat(begin(200).retry(new IOException())).isNegative();
		assertThat(this.guard.admit(TIMEOUT).retry(new TimeoutException())).isNegative();
		assertThat(this.guard.admit(TIMEOUT).retry(new DecoderException())).isNegative();
		assertThat(this.guard.admit(TIMEOUT).retry(new IllegalStateException())).isNegative();
		assertThat(this.guard.admit(Duration.ofMillis(5)).retry(new IOException())).isNegative();
		assertThat(state().retries()).isZero();
	}

	@Test
	void repeatsNothingOnceTheCircuitIsOpen() {
		fail(3);
		Permit permit = this.guard.admit(TIMEOUT);
		assertThat(permit.retry(new IOException())).isNegative();
		permit.failed(new IOException());
		assertThat(state().inFlight()).isZero();
		assertThat(state().circuit()).isEqualTo("open");
	}

	@Test
	void aCallerThatLeavesWhileARetryIsRefusedGivesThePlaceBackOnce() {
		fail(3);
		Permit permit = this.guard.admit(TIMEOUT);
		this.time.whenAsked(permit::cancelled);
		assertThat(permit.retry(new ConnectException())).isNegative();
		assertThat(state().circuit()).isEqualTo("open");
		assertThat(state().inFlight()).isZero();
		assertThat(state().upstreamInFlight()).isZero();
	}

	@Test
	void tellsHowMuchTimeIsLeft() {
		Permit permit = this.guard.admit(TIMEOUT);
		this.time.pass(Duration.ofMillis(700));
		assertThat(permit.millisLeft()).isEqualTo(1300);
		this.time.pass(Duration.ofSeconds(3));
		assertThat(permit.millisLeft()).isZero();
	}

	@Test
	void keepsWhatItKnowsForAsLongAsTheCatalogNamesTheUpstream() {
		TestCatalog catalog = new TestCatalog();
		fail(4);
		this.guards.retain(catalog.put(TestCatalog.module("deals", UPSTREAM.toString())));
		assertThat(this.guards.of(UPSTREAM, "deals", "deals")).isSameAs(this.guard);
		UpstreamGuard moved = this.guards.of(URI.create("http://deals:2"), "deals", "deals");
		succeed(moved.admit(TIMEOUT));
		assertThat(this.registry.get("pergola.bff.upstream.circuit").gauge().value()).isZero();
		this.guards.retain(catalog.put());
		assertThat(this.registry.find("pergola.bff.upstream.circuit").gauge()).isNull();
		succeed(this.guards.of(UPSTREAM, "deals", "deals").admit(TIMEOUT));
	}

	@Test
	void metersNameTheTeamAndKeepWhatTheyCountedWhenAModuleIsHandedOver() {
		fail(1);
		assertThat(this.registry.get("pergola.bff.upstream.failures")
			.tags("module", "deals", "team", "deals", "failure", "connect")
			.functionCounter()
			.count()).isOne();
		assertThat(this.guards.of(UPSTREAM, "deals", "sales")).isSameAs(this.guard);
		assertThat(this.registry.get("pergola.bff.upstream.failures").tag("failure", "connect").functionCounters())
			.singleElement()
			.satisfies((counter) -> assertThat(counter.getId().getTag("team")).isEqualTo("sales"))
			.satisfies((counter) -> assertThat(counter.count()).isOne());
		assertThat(this.registry.get("pergola.bff.upstream.circuit").gauges()).singleElement()
			.satisfies((gauge) -> assertThat(gauge.getId().getTag("team")).isEqualTo("sales"));
	}

	@Test
	void tellsOfAnUpstreamWithoutSecretsOfItsAddress() {
		this.guards.of(URI.create("http://grace:sesame@People:81/secret-path"), "people", "hr");
		assertThat(this.guards.states()).extracting(UpstreamState::module).containsExactly("deals", "people");
		UpstreamState people = this.guards.states().getLast();
		assertThat(people.host()).isEqualTo("people:81");
		assertThat(people.team()).isEqualTo("hr");
		assertThat(people.toString()).doesNotContain("grace", "sesame", "secret");
	}

	@Test
	void tellsHowLongACircuitStaysOpenOnlyWhileItIs() {
		assertThat(this.guards.states().getFirst().openUntil()).isNull();
		fail(4);
		UpstreamState open = this.guards.states().getFirst();
		assertThat(open.circuit()).isEqualTo("open");
		assertThat(open.openSince()).isEqualTo(this.time.instant());
		assertThat(open.openUntil()).isAfter(this.time.instant());
		this.time.pass(OPEN);
		Permit trial = this.guard.admit(TIMEOUT);
		assertThat(this.guards.states().getFirst().circuit()).isEqualTo("half-open");
		assertThat(this.guards.states().getFirst().openSince()).isEqualTo(open.openSince());
		assertThat(this.guards.states().getFirst().openUntil()).isNull();
		trial.cancelled();
	}

	@Test
	void refusesSettingsThatContradictThemselves() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ResilienceProperties.Limit(true, 10, 20, 30));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ResilienceProperties.Circuit(50, Duration.ZERO, 1, Duration.ofSeconds(1), 1, false));
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.guard.admit(TIMEOUT).failed(new ConnectException());
		}
	}

	private static void answer(UpstreamGuard guard, int status) {
		for (int i = 0; i < 4; i++) {
			Permit permit = guard.admit(TIMEOUT);
			permit.answered(status);
			permit.succeeded();
		}
	}

	private Permit begin(int status) {
		Permit permit = this.guard.admit(TIMEOUT);
		permit.answered(status);
		return permit;
	}

	private static void succeed(Permit permit) {
		permit.answered(200);
		permit.succeeded();
	}

	private static List<Permit> take(UpstreamGuard guard, int count) {
		List<Permit> permits = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			permits.add(guard.admit(TIMEOUT));
		}
		return permits;
	}

	private static void assertRefused(UpstreamGuard guard, Failure failure) {
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> guard.admit(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.failure()).isEqualTo(failure));
	}

	private UpstreamsEndpoint.ModuleState state() {
		return new UpstreamsEndpoint(this.guards).upstreams().modules().getFirst();
	}

}
