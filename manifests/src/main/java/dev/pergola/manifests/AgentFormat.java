package dev.pergola.manifests;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an agent streams over HTTP. */
public enum AgentFormat {

	/** AG-UI events. */
	@JsonProperty("ag-ui")
	AG_UI(false, true),

	/** Events of OpenAI's Responses API. */
	@JsonProperty("openai-responses")
	OPENAI_RESPONSES(true, true),

	/** Chunks of OpenAI's Chat Completions API, as many servers of models speak it. */
	@JsonProperty("chat-completions")
	CHAT_COMPLETIONS(true, false),

	/** Events of Anthropic's Messages API. */
	@JsonProperty("anthropic-messages")
	ANTHROPIC_MESSAGES(true, false),

	/** Answers of an agent of the A2A protocol 1.0, over JSON-RPC. */
	@JsonProperty("a2a")
	A2A(false, true),

	/** Server-sent events whose data lines are the words of one message. */
	@JsonProperty("text")
	TEXT(false, false);

	private final boolean ofModel;

	private final boolean resumable;

	AgentFormat(boolean ofModel, boolean resumable) {
		this.ofModel = ofModel;
		this.resumable = resumable;
	}

	/** Whether a request names a model. */
	public boolean isOfModel() {
		return this.ofModel;
	}

	/** Whether a stream that was cut can be taken up again. */
	public boolean mayResume() {
		return this.resumable;
	}

}
