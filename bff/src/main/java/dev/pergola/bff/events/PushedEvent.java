package dev.pergola.bff.events;

import java.time.Instant;
import java.util.Map;

/**
 * A signal that something changed; what, the browser fetches.
 *
 * @param topic who hears of it
 * @param type such as {@code catalog.changed}
 * @param ref what to fetch by
 */
record PushedEvent(String topic, String type, Instant at, Map<String, Object> ref) {

	PushedEvent {
		ref = Map.copyOf(ref);
	}

}
