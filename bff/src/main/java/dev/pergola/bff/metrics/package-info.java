/**
 * What is counted and timed: calls, refusals, event loops.
 */
@NullMarked
package dev.pergola.bff.metrics;

import org.jspecify.annotations.NullMarked;
