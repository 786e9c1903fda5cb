package dev.pergola.samples.partnerships;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The partnerships service. Runs alone, or beside others in one process.
 */
public final class PartnershipsApplication {

	private PartnershipsApplication() {
	}

	/**
	 * Starts the service and returns when it listens.
	 * @param settings {@code port}, {@code issuer}, {@code directory}, {@code address};
	 * what is left out has the default of the README
	 * @return stops the service
	 */
	public static AutoCloseable start(Map<String, String> settings) {
		SpringApplication application = application();
		application.setRegisterShutdownHook(false);
		application.setLogStartupInfo(false);
		// Logging belongs to the process, which has set it up already.
		application.setListeners(application.getListeners()
			.stream()
			.filter((listener) -> !(listener instanceof LoggingApplicationListener))
			.toList());
		ConfigurableApplicationContext context = application.run(arguments(settings));
		return context::close;
	}

	/**
	 * Starts the service alone.
	 * @param args settings, such as {@code --port=8101}
	 */
	public static void main(String[] args) {
		Map<String, String> settings = new LinkedHashMap<>();
		for (String arg : args) {
			String[] parts = arg.replaceFirst("^--", "").split("=", 2);
			if (!arg.startsWith("--") || parts.length != 2) {
				throw new IllegalArgumentException("argument: %s (expected: --name=value)".formatted(arg));
			}
			settings.put(parts[0], parts[1]);
		}
		application().run(arguments(settings));
	}

	private static SpringApplication application() {
		SpringApplication application = new SpringApplication(PartnershipsConfiguration.class);
		application.setWebApplicationType(WebApplicationType.SERVLET);
		application.setBannerMode(Banner.Mode.OFF);
		return application;
	}

	// Arguments, because they win over environment variables meant for another service of
	// the process.
	private static String[] arguments(Map<String, String> settings) {
		List<String> arguments = new ArrayList<>(List.of("--spring.config.name=samples-partnerships",
				"--spring.threads.virtual.enabled=true", "--server.shutdown=immediate",
				"--server.port=" + settings.getOrDefault("port", "8101"),
				"--server.address=" + settings.getOrDefault("address", "127.0.0.1"), "--server.ssl.enabled=false",
				"--server.servlet.context-path=/", "--spring.mvc.servlet.path=/", "--management.server.port=-1"));
		settings.forEach((name, value) -> arguments.add("--partnerships." + name + "=" + value));
		return arguments.toArray(String[]::new);
	}

}
