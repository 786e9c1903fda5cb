package dev.pergola.registry.team;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TeamPropertiesTests {

	private final TeamProperties properties = new TeamProperties(
			Map.of("partners", new TeamProperties.Team(List.of("deals.example.com", "localhost:8101", "*.internal"))),
			Map.of(), new TeamProperties.Tokens(Duration.ofDays(1), Duration.ofDays(2), 1));

	@ParameterizedTest
	@CsvSource({ "http://deals.example.com/x, true", "https://DEALS.example.com:8443, true",
			"http://localhost:8101, true", "http://localhost:8102, false", "http://localhost, false",
			"http://a.b.internal, true", "http://internal, false", "http://.internal, false",
			"http://evilinternal, false", "http://deals.example.com.evil.com, false",
			"http://deals.example.com@evil.com, false", "http://169.254.169.254, false",
			"mailto:deals.example.com, false" })
	void allowsTheHostsOfTheTeamOnly(String url, boolean allowed) {
		assertThat(this.properties.allows("partners", URI.create(url))).isEqualTo(allowed);
		assertThat(this.properties.allows("strangers", URI.create(url))).isFalse();
	}

}
