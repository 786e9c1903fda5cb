/**
 * Measures the packaged platform side by side with stock parts.
 */
@NullMarked
package dev.pergola.bench;

import org.jspecify.annotations.NullMarked;
