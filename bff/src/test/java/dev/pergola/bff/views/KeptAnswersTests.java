package dev.pergola.bff.views;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.bff.limits.Party;
import dev.pergola.bff.problem.Trace;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class KeptAnswersTests {

	private static final ViewProperties PROPERTIES = new ViewProperties(Duration.ofSeconds(5), Duration.ofSeconds(2),
			DataSize.ofMegabytes(1), DataSize.ofMegabytes(4), Duration.ofMinutes(1), DataSize.ofKilobytes(10),
			new ViewProperties.Hedge(false, 95, 100));

	private final AtomicLong nanos = new AtomicLong();

	private final KeptAnswers answers = new KeptAnswers(PROPERTIES, this.nanos::get);

	@Test
	void keepsAnAnswerForTheTimeItsViewSays() {
		this.answers.keep(match("1.0.0", "7"), request("ada", "en"), new byte[3]);
		pass(Duration.ofSeconds(29));
		assertThat(this.answers.find(match("1.0.0", "7"), request("ada", "en"))).get()
			.satisfies((entry) -> assertThat(entry.age()).isEqualTo(Duration.ofSeconds(29)));
		pass(Duration.ofSeconds(2));
		assertThat(this.answers.find(match("1.0.0", "7"), request("ada", "en"))).isEmpty();
	}

	@Test
	void keepsNothingForAnybodyElse() {
		this.answers.keep(match("1.0.0", "7"), request("ada", "en"), new byte[3]);
		assertThat(this.answers.find(match("1.0.0", "7"), request("bob", "en"))).isEmpty();
		assertThat(this.answers.find(match("1.0.0", "7"), request("ada", "de"))).isEmpty();
		assertThat(this.answers.find(match("1.0.0", "8"), request("ada", "en"))).isEmpty();
		assertThat(this.answers.find(match("1.0.1", "7"), request("ada", "en"))).isEmpty();
	}

	@Test
	void hasAnEnd() {
		this.answers.keep(match("1.0.0", "7"), request("ada", "en"), new byte[20_000]);
		assertThat(this.answers.find(match("1.0.0", "7"), request("ada", "en"))).isEmpty();
	}

	@Test
	void noManifestKeepsLongerThanIsAllowed() {
		assertThat(PROPERTIES.kept(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(1));
		assertThat(PROPERTIES.kept(null)).isZero();
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	private static ViewPlans.Match match(String version, String id) {
		View view = new View("/deals/{id}", Duration.ofSeconds(30),
				Map.of("deal", new ViewPart(null, "/deals/{id}", false, null)));
		return new ViewPlans.Match(ViewPlan.of("deals", view, PROPERTIES), version, Map.of("id", id));
	}

	private static ViewRequest request(String accessToken, String language) {
		return new ViewRequest(accessToken, new Party("ada", null, null), "deals",
				new Trace("0123456789abcdef0123456789abcdef", false), language);
	}

}
