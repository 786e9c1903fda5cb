package dev.pergola.bff.runlog;

import java.time.Duration;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the home of run logs.
 *
 * @param store Where runs are known: {@code memory} of this node, or {@code redis}.
 * @param redis Redis or Valkey.
 */
@Validated
@ConfigurationProperties("pergola.bff.agents")
public record RunLogProperties(@DefaultValue("memory") Store store, @DefaultValue Redis redis) {

	public RunLogProperties {
		if (store == Store.REDIS && redis.url() == null) {
			throw new IllegalArgumentException("pergola.bff.agents.redis.url: none (expected: an address of Redis)");
		}
	}

	/** Where runs are known. */
	public enum Store {

		/** This node alone. */
		MEMORY,
		/** All nodes. */
		REDIS

	}

	/**
	 * Settings of Redis.
	 *
	 * @param url Address, as Lettuce has it.
	 * @param prefix Start of the keys.
	 * @param flush Time between two rounds in which new events are written and read.
	 * @param timeout Time Redis has to answer one.
	 * @param lease Time after which a node that has not been heard of is gone.
	 * @param maxBatch Size of events written at once for one run.
	 * @param maxLength Number of events kept of one run, about.
	 */
	public record Redis(@Nullable String url, @DefaultValue("pergola:run:") String prefix,
			@DefaultValue("30ms") Duration flush, @DefaultValue("1s") Duration timeout,
			@DefaultValue("10s") Duration lease, @DefaultValue("256KB") DataSize maxBatch,
			@DefaultValue("100000") @Positive int maxLength) {

	}

}
