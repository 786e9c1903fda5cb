package dev.pergola.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an operator tells each service about the others. */
public final class ServiceSettings {

	private static final String CLIENT = "--spring.security.oauth2.client.";

	private static final String JWT = "--spring.security.oauth2.resourceserver.jwt.";

	/** All services trust each other with this one secret. */
	private final String secret = UUID.randomUUID().toString();

	private final Map<Service, Integer> ports = new EnumMap<>(Service.class);

	private final int identityPort = Packaged.freePort();

	private final Path folder;

	private final String deals;

	/**
	 * Creates the settings, with free ports.
	 * @param folder gets all data
	 * @param deals address of the service of the module deals
	 */
	public ServiceSettings(Path folder, String deals) throws IOException {
		this.folder = folder;
		this.deals = deals;
		for (Service service : Service.values()) {
			this.ports.put(service, Packaged.freePort());
		}
	}

	/** Address of a service. */
	public String url(Service service) {
		return "http://localhost:" + this.ports.get(service);
	}

	/** Address of the identity provider. */
	public String issuer() {
		return "http://localhost:" + this.identityPort;
	}

	/** Its settings, as arguments. */
	public List<String> of(Service service) {
		return switch (service) {
			case REGISTRY -> registry();
			case BRIDGE -> List.of(port(service), "--management.server.port=0",
					"--pergola.agent-bridge.service-token=" + this.secret,
					"--pergola.agent-bridge.runners.echo.title=Echo",
					"--pergola.agent-bridge.runners.echo.command=cat");
			case SHELL -> List.of(port(service), "--management.server.port=0", session(), catalog(), token(),
					cache(service), JWT + "issuer-uri=" + issuer(), JWT + "audiences=pergola-services",
					"--pergola.shell.registry-url=" + url(Service.REGISTRY),
					"--pergola.shell.bff-url=" + url(Service.BFF));
			case BFF -> List.of(port(service), "--management.server.port=0", session(), catalog(), token(),
					cache(service), JWT + "issuer-uri=" + issuer(), JWT + "audiences=pergola-services",
					"--pergola.bff.shell-url=" + url(Service.SHELL), "--pergola.bff.bridge-url=" + url(Service.BRIDGE),
					"--pergola.bff.bridge-token=" + this.secret, "--pergola.bff.egress.allowed-hosts=localhost",
					"--pergola.bff.files.directory=" + this.folder.resolve("files"),
					// One person makes all calls: they are counted, and none is refused.
					"--pergola.bff.limits.person=1000000/s", "--pergola.bff.limits.person-module=1000000/s",
					"--pergola.bff.limits.tenant=1000000/s", "--pergola.bff.limits.modules.deals.person=1000000/s",
					CLIENT + "provider.pergola.issuer-uri=" + issuer(),
					CLIENT + "registration.pergola.client-id=pergola",
					CLIENT + "registration.pergola.client-secret=" + this.secret,
					CLIENT + "registration.pergola.scope=openid,profile");
		};
	}

	private List<String> registry() {
		List<String> settings = new ArrayList<>(List.of(port(Service.REGISTRY), "--management.server.port=0",
				"--pergola.registry.directory=" + this.folder.resolve("registry"),
				"--pergola.registry.service-token=" + this.secret, "--pergola.registry.service-publishes=true",
				"--pergola.registry.jwt.issuer-uri=" + issuer(), "--pergola.registry.jwt.audience=pergola-services",
				"--pergola.registry.upstreams.deals=" + this.deals));
		Portal.SAMPLES
			.forEach((sample) -> settings.add("--pergola.registry.teams.%s.hosts=localhost".formatted(sample)));
		return settings;
	}

	/** The demo identity provider and samples, with every part of the portal off. */
	private List<String> standalone() throws IOException {
		List<String> settings = new ArrayList<>(
				List.of("--server.port=" + Packaged.freePort(), "--management.server.port=" + Packaged.freePort(),
						"--pergola.standalone.directory=" + this.folder.resolve("standalone"),
						"--pergola.standalone.public-origin=" + url(Service.BFF),
						"--pergola.standalone.identity.port=" + this.identityPort, catalog(),
						"--pergola.registry.service-token=" + this.secret,
						CLIENT + "registration.pergola.client-secret=" + this.secret));
		List.of("registry", "registry-client", "bff", "shell", "agent-bridge")
			.forEach((part) -> settings.add("--pergola.%s.enabled=false".formatted(part)));
		for (String sample : Portal.SAMPLES) {
			settings.add("--pergola.standalone.samples.ports.%s=%d".formatted(sample, Packaged.freePort()));
		}
		return settings;
	}

	/**
	 * Starts the identity provider and the samples, and waits until these are published.
	 * @param folder gets what they print
	 */
	public Child startIdentity(Path folder) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(List.of("-jar", Packaged.jar("standalone").toString()));
		arguments.addAll(standalone());
		Path log = folder.resolve("identity.log");
		Child child = new Child(arguments, log);
		child.await(URI.create(issuer() + "/sign-in"), 200);
		while (!Files.readString(log).contains("Sign in as one of these")) {
			Thread.sleep(200);
		}
		return child;
	}

	private String port(Service service) {
		return "--server.port=" + this.ports.get(service);
	}

	private String session() {
		return "--pergola.session.public-origin=" + url(Service.BFF);
	}

	private String catalog() {
		return "--pergola.registry-client.url=" + url(Service.REGISTRY);
	}

	private String token() {
		return "--pergola.registry-client.service-token=" + this.secret;
	}

	private String cache(Service service) {
		return "--pergola.registry-client.directory=" + this.folder.resolve(service.label());
	}

}
