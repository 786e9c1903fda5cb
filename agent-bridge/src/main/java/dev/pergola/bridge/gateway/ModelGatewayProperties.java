package dev.pergola.bridge.gateway;

import java.net.URI;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where programs reach the model without its key.
 *
 * @param upstream Address of the model API.
 * @param key Key to it, which never leaves the bridge.
 * @param maxConnections Number of requests on their way at once.
 */
public record ModelGatewayProperties(URI upstream, @NotBlank String key,
		@DefaultValue("64") @Positive int maxConnections) {

	public ModelGatewayProperties {
		if (upstream == null || !upstream.isAbsolute() || upstream.getHost() == null) {
			throw new IllegalArgumentException(
					"pergola.agent-bridge.model-gateway.upstream: %s (expected: http or https address)"
						.formatted((upstream != null) ? upstream : "none"));
		}
	}

	@Override
	public String toString() {
		return "ModelGatewayProperties[upstream=%s]".formatted(this.upstream);
	}

}
