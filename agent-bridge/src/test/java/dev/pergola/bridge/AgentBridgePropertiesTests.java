package dev.pergola.bridge;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-23")
class AgentBridgePropertiesTests {

	@ParameterizedTest
	@CsvSource({ ", , 4", "1, , 1", "7, , 3", "8, 8, 8" })
	void aTeamLeavesHalfOfThePlacesToOthersUnlessSettingsSayOtherwise(String maxRuns, String maxPerTeam, int expected) {
		Map<String, String> settings = new HashMap<>(Map.of("bridge.service-token", "secret"));
		if (maxRuns != null) {
			settings.put("bridge.max-runs", maxRuns);
		}
		if (maxPerTeam != null) {
			settings.put("bridge.max-per-team", maxPerTeam);
		}
		AgentBridgeProperties properties = new Binder(new MapConfigurationPropertySource(settings))
			.bind("bridge", AgentBridgeProperties.class)
			.get();
		assertThat(properties.limits().maxPerTeam()).isEqualTo(expected);
	}

}
