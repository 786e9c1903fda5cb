/**
 * Finds the folder of a module and packs it.
 */
@NullMarked
package dev.pergola.cli.bundle;

import org.jspecify.annotations.NullMarked;
