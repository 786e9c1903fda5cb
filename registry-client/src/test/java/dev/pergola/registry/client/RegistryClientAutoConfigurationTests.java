package dev.pergola.registry.client;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RegistryClientAutoConfigurationTests {

	@TempDir
	Path directory;

	private ReactiveWebApplicationContextRunner runner() {
		return new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RegistryClientAutoConfiguration.class))
			.withPropertyValues("pergola.registry-client.url=http://localhost:1",
					"pergola.registry-client.directory=" + this.directory);
	}

	@Test
	void saysInHealthThatTheCatalogIsFromDisk() throws Exception {
		new CatalogFile(this.directory).write(Catalogs.catalog(3));
		runner().run((context) -> {
			var health = context.getBean(ReactiveHealthIndicator.class).health().block();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("catalog", "catalog from disk").containsEntry("revision", 3L);
		});
	}

	@Test
	void withoutAnyCatalogHealthIsUnknown() {
		runner()
			.run((context) -> assertThat(context.getBean(ReactiveHealthIndicator.class).health().block().getStatus())
				.isEqualTo(Status.UNKNOWN));
	}

	@Test
	void makesWayForAnotherSource() {
		runner().withBean(InMemoryCatalogSource.class)
			.run((context) -> assertThat(context).hasSingleBean(CatalogSource.class)
				.doesNotHaveBean(CatalogWatch.class));
	}

	@Test
	void isOffWhenSwitchedOffOrNotReactive() {
		runner().withPropertyValues("pergola.registry-client.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(CatalogSource.class));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RegistryClientAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(CatalogSource.class));
	}

	@Test
	void aBadSettingStopsTheStart() {
		runner().withPropertyValues("pergola.registry-client.url=registry")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("expected: http://"));
		runner().withPropertyValues("pergola.registry-client.heartbeat=0s")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("heartbeat"));
	}

}
