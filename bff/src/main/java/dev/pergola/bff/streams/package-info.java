/**
 * Server-sent events in and out: ids, frames, logs that are read by cursor, and what ends
 * a stream.
 */
@NullMarked
package dev.pergola.bff.streams;

import org.jspecify.annotations.NullMarked;
