package dev.pergola.bff.streams;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of streams to browsers.
 *
 * @param heartbeat Time between comment lines, give or take a tenth.
 * @param maxAge Time after which a stream is closed, to be opened again by the client.
 * @param retry Time a client waits before it connects again, give or take a half.
 * @param sessionCheck Time between looks whether the session is still there.
 * @param endTimeout Time a client has to take what is said last; its connection is closed
 * then.
 * @param maxPerPerson Number of streams one person may hold open at once.
 * @param maxPerTeam Number of streams that may show the agents of one team.
 * @param maxTotal Number of streams this process holds open at once.
 */
@Validated
@ConfigurationProperties("pergola.bff.streams")
public record StreamProperties(@DefaultValue("15s") Duration heartbeat, @DefaultValue("30m") Duration maxAge,
		@DefaultValue("2s") Duration retry, @DefaultValue("4s") Duration sessionCheck,
		@DefaultValue("30s") Duration endTimeout, @DefaultValue("16") @Positive int maxPerPerson,
		@DefaultValue("2000") @Positive int maxPerTeam, @DefaultValue("10000") @Positive int maxTotal) {

}
