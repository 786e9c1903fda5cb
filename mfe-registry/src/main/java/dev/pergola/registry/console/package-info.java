/**
 * What consoles show of a module: owner, state, channels and versions together.
 */
@NullMarked
package dev.pergola.registry.console;

import org.jspecify.annotations.NullMarked;
