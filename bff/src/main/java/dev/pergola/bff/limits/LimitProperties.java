package dev.pergola.bff.limits;

import java.time.Duration;
import java.util.Map;

import dev.pergola.manifests.Rate;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of limits. A rate is a number of calls in a second, minute or hour, such as
 * {@code 50/s}; as many may be made at once.
 *
 * @param enabled Whether calls are limited.
 * @param person Calls of one person, at all modules.
 * @param personModule Calls of one person at one module; a manifest may ask for less.
 * @param tenant Calls of all people of one tenant.
 * @param module Calls of everybody at one module, unlimited when empty.
 * @param client Calls of one program that brings access tokens of its own.
 * @param modules Limits of single modules, by name.
 * @param tenants Calls of all people of single tenants, by name.
 * @param clients Calls of single programs, by client id.
 * @param maxBuckets Number of buckets in memory; those not used for the longest time are
 * forgotten.
 * @param redis Where several bffs count together.
 */
@Validated
@ConfigurationProperties("pergola.bff.limits")
record LimitProperties(@DefaultValue("true") boolean enabled, @DefaultValue("200/s") Rate person,
		@DefaultValue("100/s") Rate personModule, @DefaultValue("2000/s") Rate tenant, @Nullable Rate module,
		@DefaultValue("100/s") Rate client, @DefaultValue Map<String, ModuleRates> modules,
		@DefaultValue Map<String, Rate> tenants, @DefaultValue Map<String, Rate> clients,
		@DefaultValue("100000") @Positive int maxBuckets, @DefaultValue @Valid Redis redis) {

	LimitProperties {
		modules = Map.copyOf(modules);
		tenants = Map.copyOf(tenants);
		clients = Map.copyOf(clients);
	}

	/**
	 * Limits of one module, in the place of those of all modules.
	 *
	 * @param person Calls of one person, whatever a manifest asks for.
	 * @param all Calls of everybody.
	 */
	record ModuleRates(@Nullable Rate person, @Nullable Rate all) {

	}

	/**
	 * Settings of Redis.
	 *
	 * @param url Address such as {@code rediss://:password@redis:6379} or
	 * {@code redis-sentinel://…}; every bff counts for itself when empty.
	 * @param sync Time between two rounds, in which Redis is told what was taken.
	 * @param timeout Time Redis has to answer a round.
	 * @param maxBatch Number of buckets in one round; the others wait for the next.
	 * @param awayShare Part of each limit a bff gives while Redis does not answer.
	 * @param prefix Start of the keys.
	 */
	record Redis(@Nullable String url, @DefaultValue("100ms") Duration sync, @DefaultValue("500ms") Duration timeout,
			@DefaultValue("5000") @Positive int maxBatch, @DefaultValue("1") double awayShare,
			@DefaultValue("pergola:limit:") String prefix) {

		Redis {
			if (!(awayShare > 0 && awayShare <= 1)) {
				throw new IllegalArgumentException(
						"away-share: %s (expected: above 0, at most 1)".formatted(awayShare));
			}
			if (!sync.isPositive() || !timeout.isPositive()) {
				throw new IllegalArgumentException(
						"sync, timeout: %s, %s (expected: above zero)".formatted(sync, timeout));
			}
		}

		/** Without the address, which may have a password. */
		@Override
		public String toString() {
			return "Redis[sync=%s, timeout=%s]".formatted(this.sync, this.timeout);
		}

	}

}
