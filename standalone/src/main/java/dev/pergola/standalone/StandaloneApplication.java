package dev.pergola.standalone;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the whole platform in one process.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
// Tomcat is here for the identity provider; the portal listens on Reactor Netty.
@EnableAutoConfiguration(exclude = { TomcatReactiveWebServerAutoConfiguration.class,
		TomcatReactiveManagementContextAutoConfiguration.class })
public class StandaloneApplication {

	private static final Log log = LogFactory.getLog(StandaloneApplication.class);

	/**
	 * Starts the portal and everything it needs; ends with exit code 1 and one sentence
	 * when that is not possible.
	 * @param args Spring Boot command-line arguments
	 */
	public static void main(String[] args) {
		try {
			start(args);
		}
		catch (RuntimeException ex) {
			// Said already, by OneSentenceReporter or by Spring Boot.
			System.exit(1);
		}
	}

	/**
	 * Starts the portal and everything it needs.
	 * @param args Spring Boot command-line arguments
	 * @return the portal's context; closing it stops everything that was started
	 */
	static ConfigurableApplicationContext start(String... args) {
		SpringApplication application = new SpringApplication(StandaloneApplication.class);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		application.setDefaultProperties(Map.of("spring.profiles.default", "demo"));
		Companions companions = new Companions();
		application.addListeners(companions);
		try {
			ConfigurableApplicationContext context = application.run(args);
			ready(companions, context);
			return context;
		}
		catch (RuntimeException ex) {
			companions.close();
			throw ex;
		}
	}

	private static void ready(Companions companions, ConfigurableApplicationContext context) {
		try {
			companions.ready(context.getEnvironment());
		}
		catch (StartRefusedException ex) {
			// Spring Boot reports what fails before this point only.
			log.error("Pergola cannot start: " + ex.getMessage());
			context.close();
			throw ex;
		}
	}

}
