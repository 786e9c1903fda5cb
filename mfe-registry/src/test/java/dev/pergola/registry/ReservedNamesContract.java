package dev.pergola.registry;

import java.util.List;

import dev.pergola.registry.testing.Bundles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that are for one team only, on every database.
 */
@Tag("registry-7")
@Tag("security-45")
public abstract class ReservedNamesContract extends RegistryContract {

	@Test
	@Tag("registry-6")
	void keepsReservedNamesFromOtherTeamsAndSaysWhere() {
		String team = name("team");
		String module = name("zoo");
		reserve(team, """
				{ "paths": ["/%1$s"], "elements": ["%1$s-"], "navigation": ["%1$s"], "modules": ["%1$s"] }"""
			.formatted(module)).expectStatus().isOk();
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"))
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[*].pointer")
			.isEqualTo(List.of("/module", "/pages/0/path", "/pages/0/element", "/navigation/0/id"))
			.jsonPath("$.findings[1].message")
			.value(String.class, (message) -> assertThat(message).contains("team " + team));
		developer(team).publish(module, "1.0.0", Bundles.of(module, "1.0.0", team)).expectStatus().isCreated();
	}

	@Test
	void letsNoVersionGoLiveWithANameThatWasReservedMeanwhile() {
		String module = name("zoo");
		developer("partners").publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"))
			.expectStatus()
			.isCreated();
		reserve(name("team"), "{\"paths\":[\"/%s\"]}".formatted(module)).expectStatus().isOk();
		developer("partners").stable(module, "1.0.0")
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[0].message")
			.value(String.class, (message) -> assertThat(message).contains("is reserved"));
	}

	@Test
	void reservesNothingThatAnotherTeamHasOrUses() {
		String module = name("zoo");
		developer("partners").publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"))
			.expectStatus()
			.isCreated();
		developer("partners").stable(module, "1.0.0").expectStatus().isOk();
		String all = """
				{ "paths": ["/%1$s"], "elements": ["%1$s"], "navigation": ["free", "%1$s"], "modules": ["%1$s"] }"""
			.formatted(module);
		reserve(name("team"), all).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[*].pointer")
			.isEqualTo(List.of("/paths/0", "/elements/0", "/navigation/1", "/modules/0"));
		String taken = name("taken");
		reserve(name("team"), "{\"elements\":[\"%s-\"]}".formatted(taken)).expectStatus().isOk();
		reserve(name("team"), "{\"elements\":[\"%s\"]}".formatted(taken)).expectStatus().isEqualTo(422);
		reserve(name("team"), "{\"elements\":[\"%s-card\"]}".formatted(taken)).expectStatus().isEqualTo(422);
	}

	@Test
	void refusesWhatIsNoName() {
		reserve(name("team"), "{\"paths\":[\"/\",\"/a/{b}\",\"a\"],\"modules\":[\"\",\"UP\"]}").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[*].pointer")
			.isEqualTo(List.of("/paths/0", "/paths/1", "/paths/2", "/modules/0", "/modules/1"));
	}

	private ResponseSpec reserve(String team, String names) {
		return administrator().put("/teams/{team}/names", names, team);
	}

}
