package dev.pergola.bff.files;

import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.registry.client.RegistryClientProperties;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires modules' files. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ FileProperties.class, RegistryClientProperties.class })
public class FilesConfiguration {

	@Bean
	FileStore bffModuleFiles(LiveModules modules, UpstreamClients clients, FileProperties properties,
			RegistryClientProperties registry) {
		String token = registry.serviceToken();
		RegistryAddress address = new RegistryAddress(registry.url().toString(), (token != null) ? token : "");
		return new FileStore(clients.platform(), address, new FileIntegrity(modules), properties);
	}

	@Bean
	FilesController bffModuleFilesController(LiveModules modules, FileStore store) {
		return new FilesController(modules, store);
	}

}
