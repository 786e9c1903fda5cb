package dev.pergola.bff.views;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ViewPlanTests {

	private static final ViewProperties PROPERTIES = new ViewProperties(Duration.ofSeconds(5), Duration.ofSeconds(2),
			DataSize.ofMegabytes(1), DataSize.ofBytes(30), Duration.ofMinutes(1), DataSize.ofMegabytes(1),
			new ViewProperties.Hedge(true, 95, 100));

	@Test
	void beginsEachPartAfterThoseItNeeds() {
		ViewPlan plan = plan("team", "/teams/{owner.teamId}", "owner", "/people/{deal.ownerId}", "deal", "/deals/{id}");
		assertThat(plan.names()).containsExactly("team", "owner", "deal");
		assertThat(plan.parts()).extracting(PartPlan::name).containsExactly("deal", "owner", "team");
		assertThat(plan.parts()).extracting(PartPlan::isParsed).containsExactly(true, true, false);
	}

	@Test
	void givesNoPartMoreTimeThanTheView() {
		ViewPart part = new ViewPart(null, "/a", false, Duration.ofMinutes(1));
		ViewPlan plan = ViewPlan.of("deals", new View("/x", null, Map.of("a", part)), PROPERTIES);
		assertThat(plan.parts()).extracting(PartPlan::timeout).containsExactly(Duration.ofSeconds(5));
	}

	@Test
	void refusesPartsThatNeedEachOther() {
		assertThatIllegalArgumentException().isThrownBy(() -> plan("a", "/x/{b.id}", "b", "/y/{a.id}"));
	}

	@Test
	void refusesWhatIsNotThere() {
		assertThatIllegalArgumentException().isThrownBy(() -> plan("a", "/x/{other.id}"));
		assertThatIllegalArgumentException().isThrownBy(() -> plan("a", "/x/{unknown}"));
	}

	private static ViewPlan plan(String... namesAndPaths) {
		Map<String, ViewPart> parts = new LinkedHashMap<>();
		for (int i = 0; i < namesAndPaths.length; i += 2) {
			parts.put(namesAndPaths[i], new ViewPart(null, namesAndPaths[i + 1], false, null));
		}
		return ViewPlan.of("deals", new View("/deals/{id}", null, parts), PROPERTIES);
	}

}
