/**
 * Writes: each takes the next revision, is audited and wakes the watchers.
 */
@NullMarked
package dev.pergola.registry.journal;

import org.jspecify.annotations.NullMarked;
