package dev.pergola.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.pergola.registry.schedule.DuePlans;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import dev.pergola.registry.testing.SetClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What planned changes do, on every database. The registry's own timer is not what moves
 * them here: each test says when somebody looks.
 */
@Tag("registry-11")
@Import(PlanContract.Clocks.class)
@TestPropertySource(properties = { "pergola.registry.rollout.poll=1h", "pergola.registry.rollout.max-plans=3" })
public abstract class PlanContract extends RegistryContract {

	private static final String ALL = """
			{ "rollout": [ { "version": "%s", "share": 100 } ]%s }""";

	@Autowired
	private SetClock clock;

	@Autowired
	private DuePlans due;

	@Test
	void leavesTheChannelUntilTheStart() {
		String module = live();
		plan(module, "1.1.0", at(60), null).expectStatus()
			.isAccepted()
			.expectBody()
			.jsonPath("$.rollout[0].version")
			.isEqualTo("1.0.0")
			.jsonPath("$.plan.state")
			.isEqualTo("planned")
			.jsonPath("$.plan.plannedBy")
			.isEqualTo("dev");
		look(59);
		assertThat(stable(module)).isEqualTo("1.0.0");
		look(1);
		assertThat(stable(module)).isEqualTo("1.1.0");
		assertThat(states(module)).containsExactly("done");
		assertThat(audit(module).getFirst()).containsEntry("action", "plan.start").containsEntry("actor", "dev");
	}

	@Test
	void putsBackAtTheEndWhatWasThereBefore() {
		String module = published("1.0.0", "1.1.0", "1.2.0");
		developer("partners").put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "1.1.0", "share": 20 }, { "version": "1.0.0", "share": 80 } ],
				  "overrides": [ { "person": "ada", "version": "1.0.0" } ] }""", module).expectStatus().isOk();
		Object before = channel(module);
		plan(module, "1.2.0", at(60), at(120)).expectStatus().isAccepted();
		look(60);
		assertThat(stable(module)).isEqualTo("1.2.0");
		assertThat(states(module)).containsExactly("running");
		look(60);
		assertThat(channel(module)).isEqualTo(before);
		assertThat(states(module)).containsExactly("done");
		assertThat(audit(module)).extracting((entry) -> entry.get("action")).startsWith("plan.end", "plan.start");
	}

	@Test
	void startsAtOnceWhenOnlyAnEndIsGiven() {
		String module = live();
		plan(module, "1.1.0", null, at(30)).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.rollout[0].version")
			.isEqualTo("1.1.0")
			.jsonPath("$.plan.state")
			.isEqualTo("running");
		look(30);
		assertThat(stable(module)).isEqualTo("1.0.0");
	}

	@Test
	void leavesAloneAtTheEndWhatSomebodyChanged() {
		String module = live();
		plan(module, "1.1.0", at(60), at(120)).expectStatus().isAccepted();
		look(60);
		administrator().put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "1.1.0", "share": 50 }, { "version": "1.0.0", "share": 50 } ] }""", module)
			.expectStatus()
			.isOk();
		Object changed = channel(module);
		look(60);
		assertThat(channel(module)).isEqualTo(changed);
		assertThat(plans(module).getFirst().get("problem").toString()).contains("left as it is");
		assertThat(audit(module).getFirst()).containsEntry("action", "plan.leave");
	}

	@Test
	void happensOnceHoweverManyLook() throws Exception {
		String module = live();
		plan(module, "1.1.0", at(60), null).expectStatus().isAccepted();
		long before = service().revision();
		this.clock.advance(Duration.ofMinutes(60));
		try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<Object>> looks = IntStream.range(0, 8)
				.mapToObj((i) -> Executors.callable(this.due::run))
				.toList();
			for (Future<Object> look : nodes.invokeAll(looks)) {
				look.get();
			}
		}
		assertThat(audit(module)).filteredOn("action", "plan.start").hasSize(1);
		assertThat(service().revision()).isEqualTo(before + 1);
	}

	@Test
	void doesNotStartWhatIsCancelled() {
		String module = live();
		plan(module, "1.1.0", at(60), null).expectStatus().isAccepted();
		String id = plans(module).getFirst().get("id").toString();
		cancel(developer("strangers"), module, id).expectStatus().isForbidden();
		cancel(developer("partners"), module, id).expectStatus().isNoContent();
		look(60);
		assertThat(stable(module)).isEqualTo("1.0.0");
		assertThat(states(module)).containsExactly("cancelled");
		cancel(developer("partners"), module, id).expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/plan-over");
		cancel(developer("partners"), module, "none").expectStatus().isNotFound();
	}

	@Test
	void keepsTheChangeWhenOnlyItsEndIsCancelled() {
		String module = live();
		plan(module, "1.1.0", null, at(30)).expectStatus().isOk();
		cancel(administrator(), module, plans(module).getFirst().get("id").toString()).expectStatus().isNoContent();
		look(30);
		assertThat(stable(module)).isEqualTo("1.1.0");
	}

	@Test
	void showsWhatCouldNotBeStartedAndTriesItOnce() {
		String module = published("1.0.0");
		String other = name("calls");
		String manifest = Bundles.manifest(other, "1.0.0", "partners").replace("/" + other + "\"", "/" + module + "\"");
		developer("partners").publish(other, "1.0.0", Bundles.npm(Bundles.files(manifest, other + ".js", "export {};")))
			.expectStatus()
			.isCreated();
		plan(other, "1.0.0", at(60), null).expectStatus().isAccepted();
		developer("partners").stable(module, "1.0.0").expectStatus().isOk();
		look(60);
		assertThat(states(other)).containsExactly("failed");
		assertThat(plans(other).getFirst().get("problem").toString()).contains("overlaps /" + module);
		assertThat(audit(other).getFirst()).containsEntry("action", "plan.fail");
		long before = service().revision();
		look(1);
		assertThat(service().revision()).isEqualTo(before);
	}

	@Test
	void doesNotStartWhatShouldHaveEnded() {
		String module = live();
		plan(module, "1.1.0", at(10), at(20)).expectStatus().isAccepted();
		look(30);
		assertThat(stable(module)).isEqualTo("1.0.0");
		assertThat(states(module)).containsExactly("failed");
	}

	@Test
	void keepsTheOffsetPeopleWrote() {
		String module = live();
		plan(module, "1.1.0", "2100-06-01T08:00:00+05:30", null).expectStatus().isAccepted();
		assertThat(plans(module).getFirst()).containsEntry("startsAt", "2100-06-01T08:00:00+05:30");
	}

	@Test
	void refusesTimesWithTheirPlaces() {
		String module = live();
		refused(plan(module, "1.1.0", at(-1), null), "/startsAt");
		refused(plan(module, "1.1.0", null, at(0)), "/endsAt");
		refused(plan(module, "1.1.0", "2100-06-01T08:00:00", null), "/startsAt");
		refused(plan(module, "1.1.0", "2100-02-30T08:00:00Z", null), "/startsAt");
		refused(plan(module, "1.1.0", "tomorrow", null), "/startsAt");
		refused(plan(module, "1.1.0", at(60), at(60)), "/endsAt");
		refused(plan(module, "1.1.0", "2102-06-01T08:00:00Z", null), "/startsAt");
		refused(plan(module, "1.0.0", null, at(60)), "/endsAt");
		refused(plan(module, "9.9.9", at(60), null), "/rollout/0/version");
		assertThat(plans(module)).isEmpty();
	}

	@Test
	void refusesTwoPlansForOneTime() {
		String module = live();
		plan(module, "1.1.0", at(60), at(120)).expectStatus().isAccepted();
		refused(plan(module, "1.1.0", at(90), null), "/startsAt");
		refused(plan(module, "1.1.0", at(30), at(61)), "/startsAt");
		refused(plan(module, "1.1.0", null, at(61)), "/endsAt");
		plan(module, "1.1.0", at(120), null).expectStatus().isAccepted();
		plan(module, "1.1.0", at(30), at(60)).expectStatus().isAccepted();
		refused(plan(module, "1.1.0", at(500), null), "");
		look(130);
		assertThat(stable(module)).isEqualTo("1.1.0");
		assertThat(states(module)).containsOnly("done", "failed");
	}

	private ResponseSpec plan(String module, String version, String startsAt, String endsAt) {
		String times = field("startsAt", startsAt) + field("endsAt", endsAt);
		return developer("partners").put("/modules/{module}/channels/stable", ALL.formatted(version, times), module);
	}

	private static String field(String name, String time) {
		return (time != null) ? ", \"%s\": \"%s\"".formatted(name, time) : "";
	}

	private static void refused(ResponseSpec response, String pointer) {
		response.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings.length()")
			.isEqualTo(1)
			.jsonPath("$.findings[0].pointer")
			.isEqualTo(pointer);
	}

	private static ResponseSpec cancel(RegistryClient client, String module, String id) {
		return client.http().method(HttpMethod.DELETE).uri("/modules/{module}/plans/{id}", module, id).exchange();
	}

	private String at(int minutes) {
		Instant time = this.clock.instant().plus(Duration.ofMinutes(minutes));
		return OffsetDateTime.ofInstant(time, ZoneOffset.ofHours(1)).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
	}

	private void look(int minutesLater) {
		this.clock.advance(Duration.ofMinutes(minutesLater));
		this.due.run();
	}

	private String live() {
		String module = published("1.0.0", "1.1.0");
		developer("partners").stable(module, "1.0.0").expectStatus().isOk();
		return module;
	}

	private String published(String... versions) {
		String module = name("plans");
		for (String version : versions) {
			developer("partners").publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		return module;
	}

	private String stable(String module) {
		List<?> answers = read("/modules/" + module + "/resolution?subject=bob");
		return ((Map<?, ?>) answers.getFirst()).get("version").toString();
	}

	private Object channel(String module) {
		Map<?, ?> found = administrator().get("/modules/{module}", module)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return ((Map<?, ?>) found.get("channels")).get("stable");
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> plans(String module) {
		return (List<Map<String, Object>>) (List<?>) read("/modules/" + module + "/plans");
	}

	private List<Object> states(String module) {
		return plans(module).stream().map((plan) -> plan.get("state")).toList();
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> audit(String module) {
		return (List<Map<String, Object>>) administrator().get("/audit?module={module}", module)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("entries");
	}

	private List<?> read(String uri) {
		return administrator().get(uri).expectStatus().isOk().expectBody(List.class).returnResult().getResponseBody();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Clocks {

		@Bean
		SetClock registryClock() {
			return new SetClock();
		}

	}

}
