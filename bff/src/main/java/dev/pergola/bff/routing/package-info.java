/**
 * Routes compiled from the catalog, swapped as a whole.
 */
@NullMarked
package dev.pergola.bff.routing;

import org.jspecify.annotations.NullMarked;
