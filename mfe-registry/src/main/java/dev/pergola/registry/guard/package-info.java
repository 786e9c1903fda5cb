/**
 * Takes a rollout back, or further, by how its versions fare.
 */
@NullMarked
package dev.pergola.registry.guard;

import org.jspecify.annotations.NullMarked;
