package dev.pergola.bridge.runner;

/**
 * What a program reads on standard input, always followed by the end of the stream.
 */
public enum RunnerInput {

	/** Text of the person's last message, UTF-8. */
	PROMPT,

	/** The whole `RunAgentInput` as one line of JSON, so with the conversation so far. */
	JSON

}
