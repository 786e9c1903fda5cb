/**
 * What was: the state of each module and of the overlay, by the write that left it so.
 */
@NullMarked
package dev.pergola.registry.history;

import org.jspecify.annotations.NullMarked;
