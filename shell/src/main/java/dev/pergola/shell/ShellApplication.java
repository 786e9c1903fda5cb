package dev.pergola.shell;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The shell as a service of its own, behind a bff.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class ShellApplication {

	/**
	 * Starts the service.
	 * @param args settings, as Spring Boot reads them
	 */
	static void main(String[] args) {
		System.setProperty("spring.config.name", "pergola-shell");
		SpringApplication application = new SpringApplication(ShellApplication.class);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		application.run(args);
	}

}
