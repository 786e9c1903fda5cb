package dev.pergola.bff.contracts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ContractChecksTests {

	private static final String DESCRIPTION = """
			openapi: 3.1.0
			info: { title: Deals, version: "1" }
			paths:
			  /deals: { post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Loop" } } } } } }
			components:
			  schemas:
			    Loop: { allOf: [ { $ref: "#/components/schemas/Loop" } ] }
			""";

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ContractChecks checks = new ContractChecks(
			new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("x", ContractProperties.class),
			this.registry);

	@AfterEach
	void stop() {
		this.checks.destroy();
	}

	@Test
	void aDescriptionThatHasNoEndKeepsNoCallWaiting() throws UnreadableDescriptionException {
		Operation operation = Contract.read(DESCRIPTION.getBytes(StandardCharsets.UTF_8))
			.find("POST", "/deals")
			.orElseThrow()
			.operation();
		assertThat(this.checks
			.check("deals", ContractChecks.Side.REQUEST,
					() -> operation.checkBody("application/json", new byte[] { '7' }))
			.block(Duration.ofSeconds(10))).isEmpty();
		assertThat(this.registry.get("pergola.bff.contracts").tag("result", "skipped").counter().count()).isOne();
	}

}
