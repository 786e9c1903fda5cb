/**
 * The way to the model for programs that must not hold the key to it.
 */
@NullMarked
package dev.pergola.bridge.gateway;

import org.jspecify.annotations.NullMarked;
