package dev.pergola.standalone.identity;

import java.util.List;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The running demo identity provider: a servlet context of its own beside the portal's
 * reactive one.
 */
public final class IdentityProvider implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private IdentityProvider(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts the provider and returns when it listens.
	 * @param settings port, key directory and clients
	 * @return the running provider
	 */
	public static IdentityProvider start(IdentitySettings settings) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(IdentityConfiguration.class)
			.web(WebApplicationType.SERVLET)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(IdentitySettings.class,
					() -> settings));
		return new IdentityProvider(builder.run(arguments(settings)));
	}

	private static String[] arguments(IdentitySettings settings) {
		// Arguments, because they win over environment variables meant for the portal.
		return List
			.of("--spring.config.name=pergola-identity", "--spring.profiles.active=demo",
					"--server.address=" + settings.address(), "--server.port=" + settings.port(),
					"--server.shutdown=immediate", "--server.servlet.session.cookie.name=pergola-demo-identity",
					"--server.servlet.session.cookie.http-only=true", "--server.servlet.session.cookie.same-site=lax",
					"--server.servlet.session.timeout=8h", "--spring.main.keep-alive=false",
					"--management.server.port=-1", "--spring.cloud.gateway.server.webflux.enabled=false")
			.toArray(String[]::new);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
