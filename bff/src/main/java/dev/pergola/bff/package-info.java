/**
 * The single entrance: routes calls, aggregates answers and streams agents and events.
 */
@NullMarked
package dev.pergola.bff;

import org.jspecify.annotations.NullMarked;
