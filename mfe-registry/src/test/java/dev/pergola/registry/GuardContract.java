package dev.pergola.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pergola.registry.guard.GuardProperties;
import dev.pergola.registry.guard.Guards;
import dev.pergola.registry.guard.GuardStore;
import dev.pergola.registry.guard.Watchdog;
import dev.pergola.registry.guard.Watches;
import dev.pergola.registry.health.HealthCounters;
import dev.pergola.registry.health.HealthStore;
import dev.pergola.registry.rollout.Rollouts;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import dev.pergola.registry.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.JsonPathAssertions;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What guards do with rollouts, on every database.
 */
@Tag("registry-12")
@Import(HealthContract.Settings.class)
@TestPropertySource(properties = { "pergola.registry.guard.interval=1h", "pergola.registry.guard.lease=2h",
		"pergola.registry.health.loads-per-minute=1000", "pergola.registry.health.reports-per-minute=1000" })
public abstract class GuardContract extends RegistryContract {

	private static final String RULES = "{\"maxErrorRate\": 2, \"minLoads\": 20}";

	private static final String STEPS = "{\"maxErrorRate\": 2, \"minLoads\": 20, \"steps\": [5, 25, 50, 100], \"stepAfter\": \"30m\"}";

	@Autowired
	private SettableClock clock;

	@Autowired
	private Watchdog watchdog;

	@Autowired
	private Guards guards;

	@Autowired
	private GuardStore store;

	@Autowired
	private Watches watches;

	@Autowired
	private Rollouts rollouts;

	@Autowired
	private HealthCounters counters;

	@Autowired
	private HealthStore health;

	@Autowired
	private GuardProperties properties;

	@Test
	void takesARolloutBackWhoseNewerVersionFails() {
		String module = rolledOut(50);
		guard(module, RULES).isEqualTo("idle");
		loads(module, "1.0.0", 20, 0);
		this.watchdog.look();
		guard(module).jsonPath("$.state").isEqualTo("watching");
		assertThat(shares(module)).containsOnlyKeys("1.1.0", "1.0.0");
		loads(module, "1.1.0", 20, 20);
		long before = service().revision();
		this.watchdog.look();
		assertThat(shares(module)).containsExactly(Map.entry("1.0.0", 100.0));
		assertThat(service().revision()).isEqualTo(before + 1);
		guard(module).jsonPath("$.state")
			.isEqualTo("stopped")
			.jsonPath("$.stoppedAt")
			.isEqualTo(this.clock.instant().toString())
			.jsonPath("$.reason")
			.isEqualTo("1.1.0 failed or threw in 20 of 20 loads (100 %), 1.0.0 in 0 of 20 loads (0 %): "
					+ "more than 2 points above");
		administrator().get("/audit?module={module}", module)
			.expectBody()
			.jsonPath("$.entries[0].actor")
			.isEqualTo("guard")
			.jsonPath("$.entries[0].action")
			.isEqualTo("channel.change")
			.jsonPath("$.entries[0].reason")
			.value(String.class, (reason) -> assertThat(reason).contains("20 of 20 loads"));
		this.watchdog.look();
		assertThat(service().revision()).isEqualTo(before + 1);
	}

	@Test
	void leavesAHealthyRolloutAndOneWithFewLoadsAlone() {
		String healthy = rolledOut(50);
		String quiet = rolledOut(50);
		guard(healthy, RULES);
		guard(quiet, RULES);
		loads(healthy, "1.0.0", 100, 10);
		loads(healthy, "1.1.0", 100, 11);
		loads(quiet, "1.0.0", 20, 0);
		loads(quiet, "1.1.0", 19, 19);
		this.watchdog.look();
		assertThat(shares(healthy)).hasSize(2);
		assertThat(shares(quiet)).hasSize(2);
		guard(quiet).jsonPath("$.verdict")
			.value(String.class, (verdict) -> assertThat(verdict).contains("20 loads of both are needed"));
	}

	@Test
	void whatWasBeforeTheWindowDoesNotCount() {
		String module = rolledOut(50);
		guard(module, RULES);
		this.watchdog.look();
		loads(module, "1.0.0", 20, 0);
		loads(module, "1.1.0", 20, 20);
		this.clock.advance(Duration.ofMinutes(12));
		this.watchdog.look();
		assertThat(shares(module)).hasSize(2);
	}

	@Test
	void goesFurtherStepByStepWhileItIsHealthy() {
		String module = rolledOut(5);
		guard(module, STEPS);
		for (double share : new double[] { 5, 25, 50 }) {
			this.watchdog.look();
			assertThat(shares(module)).containsEntry("1.1.0", share);
			this.clock.advance(Duration.ofMinutes(29));
			loads(module, "1.0.0", 20, 0);
			loads(module, "1.1.0", 20, 0);
			this.watchdog.look();
			assertThat(shares(module)).containsEntry("1.1.0", share);
			this.clock.advance(Duration.ofMinutes(1));
			this.watchdog.look();
		}
		assertThat(shares(module)).containsExactly(Map.entry("1.1.0", 100.0));
		this.watchdog.look();
		guard(module).jsonPath("$.state").isEqualTo("idle");
	}

	@Test
	void goesNoFurtherWithoutLoads() {
		String module = rolledOut(5);
		guard(module, STEPS);
		this.watchdog.look();
		this.clock.advance(Duration.ofMinutes(90));
		this.watchdog.look();
		assertThat(shares(module)).containsEntry("1.1.0", 5.0);
	}

	@Test
	void isResumedWithTheSharesThereWereAndCountsFromZero() {
		String module = rolledOut(30);
		guard(module, RULES);
		loads(module, "1.0.0", 20, 0);
		loads(module, "1.1.0", 20, 20);
		resume(developer("partners"), module).expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/guard-not-stopped");
		this.watchdog.look();
		assertThat(shares(module)).hasSize(1);
		resume(developer("others"), module).expectStatus().isForbidden();
		resume(developer("partners"), module).expectStatus().isOk();
		assertThat(shares(module)).containsEntry("1.1.0", 30.0).containsEntry("1.0.0", 70.0);
		this.watchdog.look();
		assertThat(shares(module)).hasSize(2);
		this.clock.advance(Duration.ofMinutes(1));
		loads(module, "1.0.0", 20, 0);
		loads(module, "1.1.0", 20, 20);
		this.watchdog.look();
		assertThat(shares(module)).hasSize(1);
		administrator().stable(module, "1.1.0").expectStatus().isOk();
		resume(developer("partners"), module).expectStatus().isEqualTo(409);
	}

	@Test
	void leavesOverridesAsTheyAre() {
		String module = rolledOut(50);
		administrator().put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "1.1.0", "share": 50 }, { "version": "1.0.0", "share": 50 } ],
				  "overrides": [ { "group": "beta", "version": "1.1.0" } ] }""", module).expectStatus().isOk();
		guard(module, RULES);
		loads(module, "1.0.0", 20, 0);
		loads(module, "1.1.0", 20, 20);
		this.watchdog.look();
		administrator().get("/modules/{module}", module)
			.expectBody()
			.jsonPath("$.channels.stable.rollout.length()")
			.isEqualTo(1)
			.jsonPath("$.channels.stable.overrides[0].group")
			.isEqualTo("beta");
	}

	@Test
	void oneNodeLooksAtATime() {
		String module = rolledOut(50);
		guard(module, RULES);
		loads(module, "1.0.0", 20, 0);
		this.watchdog.look();
		loads(module, "1.1.0", 20, 20);
		Watchdog other = new Watchdog(this.guards, this.store, this.watches, this.rollouts, this.counters, this.health,
				this.properties, this.clock, new SimpleMeterRegistry());
		other.look();
		assertThat(shares(module)).hasSize(2);
		this.clock.advance(Duration.ofHours(3));
		loads(module, "1.0.0", 20, 0);
		loads(module, "1.1.0", 20, 20);
		other.look();
		assertThat(shares(module)).hasSize(1);
		this.clock.advance(Duration.ofHours(3));
		this.watchdog.look();
	}

	@Test
	@Tag("registry-18")
	void isSetByItsTeamOnTheStateTheySaw() {
		String module = rolledOut(50);
		guard(module).jsonPath("$.state").isEqualTo("off").jsonPath("$.rules").isEmpty();
		put(developer("partners"), module, RULES, null).expectStatus().isEqualTo(428);
		put(developer("others"), module, RULES, "\"0\"").expectStatus().isForbidden();
		String tag = put(developer("partners"), module, RULES, "\"0\"").expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getETag();
		put(developer("partners"), module, STEPS, "\"0\"").expectStatus()
			.isEqualTo(412)
			.expectBody()
			.jsonPath("$.current.minLoads")
			.isEqualTo(20);
		put(developer("partners"), module, "{\"enabled\": false, \"maxLcp\": 1.5}", tag).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.state")
			.isEqualTo("off")
			.jsonPath("$.rules.window")
			.isEqualTo("10m")
			.jsonPath("$.rules.minLoads")
			.isEqualTo(200);
		administrator().get("/audit?module={module}", module)
			.expectBody()
			.jsonPath("$.entries[0].action")
			.isEqualTo("guard.change")
			.jsonPath("$.entries[0].before.minLoads")
			.isEqualTo(20);
	}

	@Test
	void refusesRulesThatMakeNoSense() {
		String module = rolledOut(50);
		put(administrator(), module, """
				{ "maxErrorRate": -1, "maxLcp": 0.5, "minLoads": 0, "window": "soon", "steps": [50, 25, 101],
				  "stepAfter": "1s" }""", "\"0\"").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[*].pointer")
			.isEqualTo(
					List.of("/maxErrorRate", "/maxLcp", "/minLoads", "/window", "/stepAfter", "/steps/1", "/steps/2"));
		put(administrator(), module, "{}", "\"0\"").expectStatus().isEqualTo(422);
		put(administrator(), module, "{\"maxErrors\": 1}", "\"0\"").expectStatus().isBadRequest();
	}

	private String rolledOut(int share) {
		String module = name("guarded");
		for (String version : List.of("1.0.0", "1.1.0")) {
			administrator().publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		administrator()
			.put("/modules/{module}/channels/stable",
					"""
							{ "rollout": [ { "version": "1.1.0", "share": %d }, { "version": "1.0.0", "share": %d } ] }"""
						.formatted(share, 100 - share),
					module)
			.expectStatus()
			.isOk();
		return module;
	}

	private void loads(String module, String version, int loads, int failures) {
		RegistryClient.bearer(this.port, RegistryClient.ISSUER.token("ada", List.of("business"), List.of()))
			.http()
			.post()
			.uri("/reports")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("""
					{ "items": [ { "module": "%s", "version": "%s", "loads": %d, "failures": %d } ] }"""
				.formatted(module, version, loads, failures))
			.exchange()
			.expectStatus()
			.isAccepted();
	}

	private JsonPathAssertions guard(String module, String rules) {
		return put(developer("partners"), module, rules, "\"0\"").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.state");
	}

	private BodyContentSpec guard(String module) {
		return developer("partners").get("/modules/{module}/guard", module).expectStatus().isOk().expectBody();
	}

	private static ResponseSpec put(RegistryClient caller, String module, String rules, String ifMatch) {
		return caller.http().put().uri("/modules/{module}/guard", module).headers((headers) -> {
			if (ifMatch != null) {
				headers.setIfMatch(ifMatch);
			}
		}).contentType(MediaType.APPLICATION_JSON).bodyValue(rules).exchange();
	}

	private static ResponseSpec resume(RegistryClient caller, String module) {
		return caller.http().post().uri("/modules/{module}/guard/resume", module).exchange();
	}

	private Map<String, Double> shares(String module) {
		Map<?, ?> body = administrator().get("/modules/{module}", module)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		List<?> rollout = (List<?>) ((Map<?, ?>) ((Map<?, ?>) body.get("channels")).get("stable")).get("rollout");
		return rollout.stream()
			.map((share) -> (Map<?, ?>) share)
			.collect(Collectors.toMap((share) -> (String) share.get("version"),
					(share) -> ((Number) share.get("share")).doubleValue()));
	}

}
