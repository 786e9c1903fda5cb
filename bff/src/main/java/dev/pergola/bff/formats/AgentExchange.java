package dev.pergola.bff.formats;

import java.util.List;
import java.util.Optional;

import dev.pergola.bff.agui.NextEvent;
import dev.pergola.bff.streams.SseEvent;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of an agent in its own format: what to ask, and what the answer means as AG-UI
 * events. An answer that does not say that it is whole never becomes a run that went
 * well. Not for use by several threads.
 */
public interface AgentExchange {

	/** The request that starts the run. */
	AgentRequest start();

	/**
	 * Takes the next event of the answer.
	 * @return AG-UI events; the last is {@code RUN_FINISHED} or {@code RUN_ERROR} when
	 * the answer says how the run ended
	 */
	List<ObjectNode> accept(SseEvent event);

	/**
	 * The same, in one's own way: an event that is nothing but more of a text need not be
	 * read.
	 */
	default List<NextEvent> next(SseEvent event) {
		return accept(event).stream().map(NextEvent::of).toList();
	}

	/**
	 * The answer ended without a cut.
	 * @param framed whether HTTP said how long it is, so that it is known to be whole
	 * @return an end, where a whole answer is one in this format; empty otherwise
	 */
	default List<ObjectNode> whole(boolean framed) {
		return List.of();
	}

	/**
	 * The request that goes on after the last event taken, for an answer that was cut.
	 * @return empty when there is none in this format, or nothing to go on with yet
	 */
	default Optional<AgentRequest> resume() {
		return Optional.empty();
	}

	/**
	 * The request that has the agent stop, where the end of the connection does not.
	 * @return empty when there is none
	 */
	default Optional<AgentRequest> cancel() {
		return Optional.empty();
	}

	/** Name of whose events the answer's are, empty for AG-UI's and for plain text. */
	default String source() {
		return "";
	}

	/**
	 * Whether spaces at the start of a line belong to the text as soon as the agent is
	 * seen to leave out the optional one.
	 */
	default boolean isPlainText() {
		return false;
	}

	/** Whether a JSON document may come in the place of a stream: one event. */
	default boolean mayAnswerAtOnce() {
		return false;
	}

}
