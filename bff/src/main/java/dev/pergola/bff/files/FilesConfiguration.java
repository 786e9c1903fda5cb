package dev.pergola.bff.files;

import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.registry.client.CatalogSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires modules' files. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FileProperties.class)
public class FilesConfiguration {

	@Bean
	FilesController moduleFilesController(CatalogSource catalog, UpstreamClients clients, FileProperties properties,
			Environment environment) {
		RegistryAddress registry = new RegistryAddress(
				environment.getProperty("pergola.registry-client.url", "http://localhost:8080"),
				environment.getProperty("pergola.registry-client.token", ""));
		return new FilesController(catalog, new FileStore(clients.platform(), registry, properties));
	}

}
