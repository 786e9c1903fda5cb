package dev.pergola.bff.routing;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where what the bff does not own goes.
 *
 * @param shellUrl Address of the shell; empty when the shell is in this process.
 * @param registryForward Whether {@code /registry/**} goes to the registry; for a
 * registry that is not in this process.
 * @param forwardTimeout Time until the first byte of the shell's or the registry's
 * answer.
 */
@ConfigurationProperties("pergola.bff")
public record ForwardProperties(@Nullable URI shellUrl, @DefaultValue("false") boolean registryForward,
		@DefaultValue("60s") Duration forwardTimeout) {

	public ForwardProperties {
		shellUrl = (shellUrl != null && shellUrl.toString().isBlank()) ? null : shellUrl;
	}

}
