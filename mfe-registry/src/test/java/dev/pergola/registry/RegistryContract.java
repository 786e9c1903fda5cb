package dev.pergola.registry;

import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.registry.testing.LeakCheck;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A running registry and its callers. What extends it is true on every database.
 */
@ExtendWith(LeakCheck.class)
@SpringBootTest(classes = RegistryApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "spring.config.name=pergola-registry")
public abstract class RegistryContract {

	private static final AtomicInteger NAMES = new AtomicInteger();

	@LocalServerPort
	protected int port;

	protected RegistryClient administrator() {
		return RegistryClient.administrator(this.port);
	}

	protected RegistryClient developer(String... teams) {
		return RegistryClient.developer(this.port, teams);
	}

	protected RegistryClient service() {
		return RegistryClient.service(this.port);
	}

	/** A name no other test has. */
	protected static String name(String start) {
		return start + NAMES.incrementAndGet();
	}

}
