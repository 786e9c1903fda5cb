package dev.pergola.samples.partnerships;

import java.net.URI;
import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the partnerships service.
 *
 * @param issuer Issuer of the access tokens this service accepts. May come up later than
 * the service.
 * @param directory Directory of the database.
 */
@ConfigurationProperties("partnerships")
record PartnershipsProperties(@DefaultValue("http://localhost:9000") URI issuer,
		@DefaultValue("var/partnerships") Path directory) {

}
