package dev.pergola.session.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of where sessions are kept.
 *
 * @param store Where sessions are kept.
 * @param keys Keys that sessions are encrypted with outside this process: 32 random bytes
 * in base 64 each. First one encrypts, all of them decrypt.
 * @param redis Redis or Valkey that sessions are kept in.
 */
@Validated
@ConfigurationProperties("pergola.session")
public record StoreProperties(@DefaultValue("memory") Place store, @DefaultValue List<String> keys,
		@DefaultValue @Valid Redis redis) {

	public StoreProperties {
		keys = List.copyOf(keys);
	}

	/** Without the keys. */
	@Override
	public String toString() {
		return "StoreProperties[store=%s]".formatted(this.store);
	}

	/** Where sessions are kept. */
	public enum Place {

		/** In this process; they end with it. */
		MEMORY,

		/** In Redis or Valkey, for several nodes. */
		REDIS

	}

	/**
	 * Redis or Valkey that sessions are kept in: one primary, with or without Sentinel.
	 *
	 * @param url Address: redis, rediss (TLS) or redis-sentinel.
	 * @param username Name to sign in with.
	 * @param password Password to sign in with.
	 * @param timeout Time Redis has to answer.
	 * @param prefix What all keys begin with.
	 * @param lastUse Time between writes of when a session was last used.
	 */
	public record Redis(@DefaultValue("redis://localhost:6379") URI url, @Nullable String username,
			@Nullable String password, @DefaultValue("500ms") Duration timeout,
			@DefaultValue("pergola:session:") String prefix, @DefaultValue("1m") Duration lastUse) {

		public Redis {
			if (!timeout.isPositive()) {
				throw new IllegalArgumentException(
						"redis.timeout: %s (expected: more than nothing)".formatted(timeout));
			}
		}

		/** Without the password, which the address may have, too. */
		@Override
		public String toString() {
			return "Redis[host=%s]".formatted(this.url.getHost());
		}

	}

}
