package dev.pergola.registry.navigation;

import java.util.List;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.navigation.NavigationMerge.Conflict;

/**
 * A draft beside what is live.
 *
 * @param live revision of what is live
 * @param base what the draft was begun on
 * @param theirs what is live
 * @param yours the draft
 * @param merged both, at a conflict yours
 * @param conflicts fields both changed in different ways
 */
public record MergeView(long live, Navigation base, Navigation theirs, Navigation yours, Navigation merged,
		List<Conflict> conflicts) {

	public MergeView {
		conflicts = List.copyOf(conflicts);
	}

}
