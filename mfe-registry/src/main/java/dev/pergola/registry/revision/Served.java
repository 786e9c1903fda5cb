package dev.pergola.registry.revision;

import java.time.Instant;
import java.util.List;

import dev.pergola.manifests.LocalizedText;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as it is served to a person: what they may open, and nothing else.
 */
record Served(long revision, Instant at, List<ServedModule> modules, List<ServedPage> pages,
		List<ServedItem> navigation, List<ServedSlot> slots, List<ServedAgent> agents) {

	/** Something of a module that has an id. */
	sealed interface Part {

		String module();

		String id();

	}

	/**
	 * A module, of which the person sees something.
	 *
	 * @param reason why it is switched off
	 */
	record ServedModule(String module, String version, boolean enabled, @Nullable String reason) implements Part {

		@Override
		public String id() {
			return this.module;
		}

	}

	/** A page that the person may open. */
	record ServedPage(String module, String id, String path, LocalizedText title) implements Part {

	}

	/** An item of the navigation, as the overlay has it. */
	record ServedItem(String module, String id, String group, int order, String path,
			LocalizedText title) implements Part {

	}

	/** An element in a slot. */
	record ServedSlot(String module, String slot, String element, int order) implements Part {

		@Override
		public String id() {
			return this.slot + "/" + this.element;
		}

	}

	/** An agent that the person may ask. */
	record ServedAgent(String module, String id, LocalizedText title) implements Part {

	}

}
