package dev.pergola.manifests;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A slot a module opens to others.
 *
 * @param slot name, unique among all modules
 * @param context property names the filling element is given, and their types:
 * {@code string}, {@code number} or {@code boolean}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SlotOffer(String slot, Map<String, String> context) {

	public SlotOffer {
		context = Copies.of(context);
	}

}
