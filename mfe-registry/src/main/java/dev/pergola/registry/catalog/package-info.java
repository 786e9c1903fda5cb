/**
 * What is live, whole, and the stream of its changes.
 */
@NullMarked
package dev.pergola.registry.catalog;

import org.jspecify.annotations.NullMarked;
