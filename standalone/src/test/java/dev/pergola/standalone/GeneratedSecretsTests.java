package dev.pergola.standalone;

import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratedSecretsTests {

	private static final String CLIENT_SECRET = "spring.security.oauth2.client.registration.pergola.client-secret";

	@Test
	void partsShareTheirSecretsAndEachStartHasItsOwn() {
		MockEnvironment environment = new MockEnvironment();
		GeneratedSecrets secrets = GeneratedSecrets.addTo(environment);
		assertThat(environment.getProperty("pergola.registry.service-token"))
			.isEqualTo(environment.getProperty("pergola.registry-client.service-token"))
			.isNotEqualTo(environment.getProperty("pergola.bff.bridge-token"));
		assertThat(environment.getProperty("pergola.bff.bridge-token"))
			.isEqualTo(environment.getProperty("pergola.agent-bridge.service-token"));
		assertThat(GeneratedSecrets.addTo(new MockEnvironment()).clientSecret()).isNotEqualTo(secrets.clientSecret());
		assertThat(secrets.toString()).doesNotContain(secrets.clientSecret());
	}

	@Test
	void aSettingOfTheOperatorWins() {
		MockEnvironment environment = new MockEnvironment().withProperty(CLIENT_SECRET, "chosen");
		assertThat(GeneratedSecrets.addTo(environment).clientSecret()).isEqualTo("chosen");
	}

}
