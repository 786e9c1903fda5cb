package dev.pergola.bff;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The bff as a process of its own. */
@EnableAutoConfiguration
public class BffApplication {

	/** Starts the bff; settings are read from {@code pergola-bff.yml}. */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(BffApplication.class);
		application.setDefaultProperties(Map.of("spring.config.name", "pergola-bff"));
		application.run(args);
	}

}
