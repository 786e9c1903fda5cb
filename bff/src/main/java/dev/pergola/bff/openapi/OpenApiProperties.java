package dev.pergola.bff.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of OpenAPI documents.
 *
 * @param cache Size of all documents kept in memory, as they are served.
 */
@ConfigurationProperties("pergola.bff.openapi")
record OpenApiProperties(@DefaultValue("16MB") DataSize cache) {

}
