/**
 * Spans of runs, for a collector of OpenTelemetry.
 */
@NullMarked
package dev.pergola.bridge.trace;

import org.jspecify.annotations.NullMarked;
