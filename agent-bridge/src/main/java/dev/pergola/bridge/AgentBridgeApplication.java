package dev.pergola.bridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The agent-bridge as a service of its own.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class AgentBridgeApplication {

	/**
	 * Starts the service.
	 * @param args settings, as Spring Boot reads them
	 */
	static void main(String[] args) {
		System.setProperty("spring.config.name", "pergola-agent-bridge");
		SpringApplication.run(AgentBridgeApplication.class, args);
	}

}
