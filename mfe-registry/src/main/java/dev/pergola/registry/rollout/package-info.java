/**
 * Channels: which version is given to whom.
 */
@NullMarked
package dev.pergola.registry.rollout;

import org.jspecify.annotations.NullMarked;
