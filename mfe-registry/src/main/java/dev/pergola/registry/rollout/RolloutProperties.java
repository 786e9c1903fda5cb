package dev.pergola.registry.rollout;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of channels.
 *
 * @param maxOverrides Number of persons, tenants, roles and groups one channel may name.
 */
@Validated
@ConfigurationProperties("pergola.registry.rollout")
public record RolloutProperties(@DefaultValue("200") @Positive int maxOverrides) {

}
