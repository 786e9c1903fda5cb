/**
 * The catalog in the forms that other hosts read, and the two ways in which their tools
 * write to it. There is one source of truth: what they write are publishes and rollouts.
 */
@NullMarked
package dev.pergola.registry.exchange;

import org.jspecify.annotations.NullMarked;
