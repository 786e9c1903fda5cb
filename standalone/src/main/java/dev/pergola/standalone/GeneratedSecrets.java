package dev.pergola.standalone;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Secrets the parts share, new at each start and never logged. A setting of the same name
 * wins.
 *
 * @param clientSecret secret of the portal at the demo identity provider
 */
record GeneratedSecrets(String clientSecret) {

	private static final String CLIENT_SECRET = "spring.security.oauth2.client.registration.pergola.client-secret";

	static GeneratedSecrets addTo(ConfigurableEnvironment environment) {
		String registryToken = random();
		String bridgeToken = random();
		environment.getPropertySources()
			.addLast(new MapPropertySource("generatedSecrets",
					Map.of(CLIENT_SECRET, random(), "pergola.registry.service-token", registryToken,
							"pergola.registry-client.service-token", registryToken,
							"pergola.agent-bridge.service-token", bridgeToken, "pergola.bff.bridge-token",
							bridgeToken)));
		return new GeneratedSecrets(environment.getRequiredProperty(CLIENT_SECRET));
	}

	private static String random() {
		byte[] bytes = new byte[32];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	@Override
	public String toString() {
		return "GeneratedSecrets[]";
	}

}
