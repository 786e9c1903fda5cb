package dev.pergola.registry.database;

import java.time.Duration;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the registry's database.
 *
 * @param url JDBC address of an H2 or PostgreSQL database. By default an H2 file in the
 * registry's directory.
 * @param username Name to sign in with.
 * @param password Password to sign in with.
 * @param maxConnections Number of connections held open at most.
 * @param connectionTimeout Longest wait for a connection of the pool.
 */
@Validated
@ConfigurationProperties("pergola.registry.datasource")
public record DatabaseProperties(@Nullable String url, @Nullable String username, @Nullable String password,
		@DefaultValue("10") @Positive int maxConnections, @DefaultValue("30s") Duration connectionTimeout) {

	@Override
	public String toString() {
		return "DatabaseProperties[url=%s]".formatted(this.url);
	}

}
