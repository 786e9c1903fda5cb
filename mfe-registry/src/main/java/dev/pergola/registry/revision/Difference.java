package dev.pergola.registry.revision;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pergola.manifests.catalog.Navigation;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two revisions.
 *
 * @param modules in the order of their names
 * @param navigation the overlays, {@code null} when they are the same
 * @param served what somebody sees that is different, {@code null} unless asked
 */
record Difference(long from, long to, List<ModuleDifference> modules, @Nullable Overlays navigation,
		@Nullable ServedDifference served) {

	/** What became of something. */
	enum Change {

		@JsonProperty("appears")
		APPEARS,

		@JsonProperty("vanishes")
		VANISHES,

		@JsonProperty("changes")
		CHANGES

	}

	/** A module, and what of it is different. */
	record ModuleDifference(String module, Change change, List<Field> fields) {

	}

	/**
	 * Something of a module.
	 *
	 * @param name {@code team}, {@code enabled}, {@code reason}, {@code shares},
	 * {@code overrides}, {@code channels} or {@code versions}
	 * @param from value before, {@code null} for none
	 * @param to value after, {@code null} for none
	 */
	record Field(String name, @Nullable Object from, @Nullable Object to) {

	}

	/** Two overlays. */
	record Overlays(Navigation from, Navigation to) {

	}

	/** What somebody sees that is different. */
	record ServedDifference(List<PartDifference> modules, List<PartDifference> pages, List<PartDifference> navigation,
			List<PartDifference> slots, List<PartDifference> agents) {

	}

	/**
	 * A part of what somebody sees.
	 *
	 * @param from before, {@code null} when it appears
	 * @param to after, {@code null} when it vanishes
	 */
	record PartDifference(String module, String id, Change change, Served.@Nullable Part from,
			Served.@Nullable Part to) {

	}

}
