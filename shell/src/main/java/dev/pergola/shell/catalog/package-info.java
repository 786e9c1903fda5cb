/**
 * The catalog for one person: what of the one whole catalog they get, in which version,
 * and the import map that loads it.
 */
@NullMarked
package dev.pergola.shell.catalog;

import org.jspecify.annotations.NullMarked;
