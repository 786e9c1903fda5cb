/**
 * Runs of agents: their events, their life, their viewers.
 */
@NullMarked
package dev.pergola.bridge.run;

import org.jspecify.annotations.NullMarked;
