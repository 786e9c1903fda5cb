/**
 * The command line of module teams and administrators.
 */
@NullMarked
package dev.pergola.cli;

import org.jspecify.annotations.NullMarked;
