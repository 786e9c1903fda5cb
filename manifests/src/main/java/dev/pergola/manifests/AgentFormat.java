package dev.pergola.manifests;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an agent streams over HTTP. */
public enum AgentFormat {

	/** AG-UI events. */
	@JsonProperty("ag-ui")
	AG_UI,

	/** Server-sent events whose data lines are the words of one message. */
	@JsonProperty("text")
	TEXT

}
