package dev.pergola.bff.agents;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the agent-bridge is.
 *
 * @param bridgeUrl Address of the agent-bridge; without one there are no runners.
 * @param bridgeToken Service token the agent-bridge takes.
 */
@ConfigurationProperties("pergola.bff")
public record BridgeProperties(@DefaultValue("") String bridgeUrl, @DefaultValue("") String bridgeToken) {

	public BridgeProperties {
		bridgeUrl = bridgeUrl.endsWith("/") ? bridgeUrl.substring(0, bridgeUrl.length() - 1) : bridgeUrl;
		if (!bridgeUrl.isEmpty() && bridgeToken.isBlank()) {
			throw new IllegalArgumentException("pergola.bff.bridge-token: empty (expected: the agent-bridge's token)");
		}
	}

	/** Without the token. */
	@Override
	public String toString() {
		return "BridgeProperties[bridgeUrl=" + this.bridgeUrl + "]";
	}

}
