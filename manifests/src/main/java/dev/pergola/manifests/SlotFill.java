package dev.pergola.manifests;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An element a module puts into a slot of the shell or of another module.
 *
 * @param slot name of the slot, such as {@code home.cards}
 * @param element custom element, defined by the module's entry
 * @param order lower comes first; 0 when not said
 * @param requires names that must all be among the person's roles and permissions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SlotFill(String slot, String element, int order, List<String> requires) {

	public SlotFill {
		requires = Copies.of(requires);
	}

}
