package dev.pergola.bff.formats;

import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.node.ObjectNode;

/** Begins conversations with agents, each in the format its manifest names. */
public final class AgentFormats {

	private AgentFormats() {
	}

	/**
	 * A conversation before its first request.
	 * @param agent as the manifest says
	 * @param input {@code RunAgentInput} under the name the agent shall know the run by
	 */
	public static AgentExchange begin(AgentHttp agent, ObjectNode input) {
		return switch (agent.format()) {
			case AG_UI -> new AgUiExchange(agent, input);
			case OPENAI_RESPONSES -> new ResponsesExchange(agent, input);
			case CHAT_COMPLETIONS -> new ChatExchange(agent, input);
			case ANTHROPIC_MESSAGES -> new AnthropicExchange(agent, input);
			case A2A -> new A2aExchange(agent, input);
			case TEXT -> new TextExchange(agent, input);
		};
	}

}
