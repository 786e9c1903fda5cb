package dev.pergola.registry.navigation;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.pergola.manifests.catalog.Navigation;
import org.jspecify.annotations.Nullable;

/**
 * The draft as callers see it.
 *
 * @param begun whether there is one; else the live overlay stands in
 * @param base revision of the overlay it is based on
 * @param live revision of the overlay that is live; publishing names it
 * @param undo number of steps that can be undone
 * @param redo number of steps that can be done again
 * @param at when it was last changed, {@code null} when it was not begun
 * @param by who changed it last
 * @param revision write that touched it last; its entity tag
 */
record DraftView(boolean begun, long base, long live, int undo, int redo, @Nullable Instant at, @Nullable String by,
		@JsonIgnore long revision, Navigation navigation) {

}
