package dev.pergola.bff.formats;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request to an agent.
 *
 * @param target path and query on the module's upstream
 * @param headers beside those every request has
 * @param body JSON, {@code null} for a GET
 */
public record AgentRequest(String target, Map<String, String> headers, byte @Nullable [] body) {

	static AgentRequest post(String target, byte[] body) {
		return new AgentRequest(target, Map.of(), body);
	}

	static AgentRequest get(String target, Map<String, String> headers) {
		return new AgentRequest(target, headers, null);
	}

}
