/**
 * Reading of uploaded archives: nothing in them is trusted, every step is bounded.
 */
@NullMarked
package dev.pergola.registry.archive;

import org.jspecify.annotations.NullMarked;
