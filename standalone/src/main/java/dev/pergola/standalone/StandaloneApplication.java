package dev.pergola.standalone;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the whole platform in one process.
 */
@SpringBootApplication
public class StandaloneApplication {

	/**
	 * Starts the portal on port 8080.
	 * @param args Spring Boot command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(StandaloneApplication.class);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		application.run(args);
	}

}
