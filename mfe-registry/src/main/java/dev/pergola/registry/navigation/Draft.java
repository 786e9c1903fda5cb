package dev.pergola.registry.navigation;

import java.time.Instant;

import dev.pergola.manifests.catalog.Navigation;

/**
 * The draft all administrators share, at the step it is at.
 *
 * @param navigation what it says
 * @param base revision of the overlay this step is based on
 * @param baseNavigation that overlay
 * @param place number of the step
 * @param undo steps before it
 * @param redo steps after it
 * @param revision last write that touched the draft
 * @param at when the step was made
 * @param by who made it
 */
record Draft(Navigation navigation, long base, Navigation baseNavigation, int place, int undo, int redo, long revision,
		Instant at, String by) {

}
