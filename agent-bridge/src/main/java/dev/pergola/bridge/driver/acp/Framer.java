package dev.pergola.bridge.driver.acp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import dev.pergola.bridge.driver.DialogueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where one message of JSON-RPC ends and the next begins.
 */
interface Framer {

	/**
	 * The next message.
	 * @param within how long to wait; {@code null} for as long as it takes
	 * @return empty where nothing came in time, something came that is no message, or the
	 * stream has ended
	 */
	Optional<ObjectNode> read(@Nullable Duration within) throws IOException, InterruptedException, DialogueException;

	void write(ObjectNode message) throws IOException, DialogueException;

	boolean hasEnded();

	/** Nothing is read from now on. */
	void close();

}
