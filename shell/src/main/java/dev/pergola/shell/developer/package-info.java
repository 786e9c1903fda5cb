/**
 * The console of module teams: their modules, how to publish, their tokens.
 */
@NullMarked
package dev.pergola.shell.developer;

import org.jspecify.annotations.NullMarked;
