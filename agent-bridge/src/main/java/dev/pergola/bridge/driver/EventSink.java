package dev.pergola.bridge.driver;

import tools.jackson.databind.node.ObjectNode;

/**
 * Takes what a program says.
 */
public interface EventSink {

	/**
	 * An AG-UI event that is neither the start nor the end of the run. Counts as a sign
	 * of life.
	 */
	void emit(ObjectNode event);

	/**
	 * A sign of life that is no event, such as a report that a tool goes on.
	 */
	void alive();

	/**
	 * A tool was allowed or refused. Whoever knows the person writes the log line with
	 * the name.
	 */
	default void decided(Decision decision) {
		decision.log("unknown", "unknown");
	}

}
