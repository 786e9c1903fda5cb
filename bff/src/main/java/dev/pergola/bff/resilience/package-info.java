/**
 * What calls to an upstream are spared when it is slow or away, and what everybody else
 * is spared of it.
 */
@NullMarked
package dev.pergola.bff.resilience;

import org.jspecify.annotations.NullMarked;
