/**
 * Changes of channels: at once, or with a start and an end.
 */
@NullMarked
package dev.pergola.registry.schedule;

import org.jspecify.annotations.NullMarked;
