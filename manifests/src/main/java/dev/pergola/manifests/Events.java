package dev.pergola.manifests;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Events between modules, typed {@code noun.verb.v1}.
 *
 * @param publishes what the module may send
 * @param subscribes types the module listens to
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Events(List<EventPublication> publishes, List<String> subscribes) {

	/** A module that neither sends nor listens. */
	public static final Events NONE = new Events(List.of(), List.of());

	public Events {
		publishes = Copies.of(publishes);
		subscribes = Copies.of(subscribes);
	}

}
