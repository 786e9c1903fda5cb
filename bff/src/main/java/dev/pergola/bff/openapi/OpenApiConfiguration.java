package dev.pergola.bff.openapi;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.files.ModuleFiles;
import dev.pergola.registry.client.CatalogSource;
import dev.pergola.session.SessionProperties;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires OpenAPI documents. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ OpenApiProperties.class, SessionProperties.class })
public class OpenApiConfiguration {

	@Bean
	OpenApiController bffOpenApiController(CatalogSource catalog, LiveModules modules, ModuleFiles files,
			Callers callers, SessionProperties session, OpenApiProperties properties) {
		return new OpenApiController(catalog, modules,
				new OpenApiDocuments(files, new PortalDocument(session.publicOrigin()), properties.cache().toBytes()),
				callers);
	}

}
