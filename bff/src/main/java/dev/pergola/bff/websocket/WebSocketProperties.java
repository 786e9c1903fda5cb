package dev.pergola.bff.websocket;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of WebSockets to modules' services.
 *
 * @param maxFrame Size of one frame, in either direction.
 * @param idle Time without a message in either direction after which one is closed.
 * @param maxPerPerson Number of them one person may hold open at once.
 * @param maxTotal Number of them this process holds open at once.
 */
@Validated
@ConfigurationProperties("pergola.bff.websocket")
public record WebSocketProperties(@DefaultValue("64KB") DataSize maxFrame, @DefaultValue("10m") Duration idle,
		@DefaultValue("8") @Positive int maxPerPerson, @DefaultValue("2000") @Positive int maxTotal) {

}
