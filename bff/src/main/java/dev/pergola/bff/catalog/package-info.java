/**
 * The live modules, found by name.
 */
@NullMarked
package dev.pergola.bff.catalog;

import org.jspecify.annotations.NullMarked;
