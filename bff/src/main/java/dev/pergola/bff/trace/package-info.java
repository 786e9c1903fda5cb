/**
 * Spans of sampled requests, and their way to an OpenTelemetry collector.
 */
@NullMarked
package dev.pergola.bff.trace;

import org.jspecify.annotations.NullMarked;
