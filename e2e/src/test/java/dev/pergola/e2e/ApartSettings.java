package dev.pergola.e2e;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What an operator tells each service about the others.
 *
 * @param origin address of a service, by name
 */
record ApartSettings(Path directory, UnaryOperator<String> origin, Map<String, Integer> ports, List<String> samples) {

	/** Secrets of this run. */
	private static final String SERVICE_TOKEN = UUID.randomUUID().toString();

	private static final String BRIDGE_TOKEN = UUID.randomUUID().toString();

	private static final String CLIENT_SECRET = UUID.randomUUID().toString();

	private static final String CLIENT = "spring.security.oauth2.client.";

	Map<String, String> of(String service) {
		Map<String, String> settings = new LinkedHashMap<>();
		switch (service) {
			case Apart.REGISTRY -> registry(settings);
			case Apart.BRIDGE -> bridge(settings);
			case Apart.SHELL -> shell(settings);
			case Apart.BFF -> bff(settings);
			default -> standalone(settings);
		}
		return settings;
	}

	private void registry(Map<String, String> settings) {
		settings.put("pergola.registry.directory", this.directory.resolve("registry").toString());
		settings.put("pergola.registry.service-token", SERVICE_TOKEN);
		settings.put("pergola.registry.service-publishes", "true");
		settings.put("pergola.registry.jwt.issuer-uri", issuer());
		settings.put("pergola.registry.jwt.audience", "pergola-services");
		this.samples.forEach((sample) -> {
			settings.put("pergola.registry.teams." + sample + ".hosts", "localhost");
			settings.put("pergola.registry.upstreams." + sample, this.origin.apply(sample));
		});
	}

	private void bridge(Map<String, String> settings) {
		settings.put("pergola.agent-bridge.service-token", BRIDGE_TOKEN);
		settings.put("pergola.agent-bridge.runners.co-sell.title", "Co-sell scout");
		settings.put("pergola.agent-bridge.runners.co-sell.command",
				"python3," + Portal.root().resolve("samples/agents/co_sell.py"));
	}

	private void shell(Map<String, String> settings) {
		person(settings, "shell");
		settings.put("pergola.shell.registry-url", this.origin.apply(Apart.REGISTRY));
		settings.put("pergola.shell.bff-url", this.origin.apply(Apart.BFF));
	}

	private void bff(Map<String, String> settings) {
		person(settings, "bff");
		settings.put("pergola.bff.shell-url", this.origin.apply(Apart.SHELL));
		settings.put("pergola.bff.bridge-url", this.origin.apply(Apart.BRIDGE));
		settings.put("pergola.bff.bridge-token", BRIDGE_TOKEN);
		settings.put("pergola.bff.egress.allowed-hosts", "localhost");
		settings.put(CLIENT + "provider.pergola.issuer-uri", issuer());
		settings.put(CLIENT + "registration.pergola.client-id", "pergola");
		settings.put(CLIENT + "registration.pergola.client-secret", CLIENT_SECRET);
		settings.put(CLIENT + "registration.pergola.scope", "openid,profile");
	}

	/** What both need to know people and the catalog. */
	private void person(Map<String, String> settings, String service) {
		settings.put("pergola.session.public-origin", this.origin.apply(Apart.BFF));
		settings.put("pergola.registry-client.url", this.origin.apply(Apart.REGISTRY));
		settings.put("pergola.registry-client.service-token", SERVICE_TOKEN);
		settings.put("pergola.registry-client.directory", this.directory.resolve(service).toString());
		settings.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer());
		settings.put("spring.security.oauth2.resourceserver.jwt.audiences", "pergola-services");
	}

	private void standalone(Map<String, String> settings) {
		List.of("registry", "registry-client", "bff", "shell", "agent-bridge")
			.forEach((part) -> settings.put("pergola." + part + ".enabled", "false"));
		settings.put("pergola.standalone.directory", this.directory.resolve("standalone").toString());
		settings.put("pergola.standalone.public-origin", this.origin.apply(Apart.BFF));
		settings.put("pergola.standalone.identity.port", "" + this.ports.get("identity"));
		this.samples.forEach(
				(sample) -> settings.put("pergola.standalone.samples.ports." + sample, "" + this.ports.get(sample)));
		// It publishes the samples in the registry that runs by itself.
		settings.put("pergola.registry-client.url", this.origin.apply(Apart.REGISTRY));
		settings.put("pergola.registry.service-token", SERVICE_TOKEN);
		settings.put(CLIENT + "registration.pergola.client-secret", CLIENT_SECRET);
	}

	private String issuer() {
		return this.origin.apply("identity");
	}

}
