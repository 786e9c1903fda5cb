/**
 * The sample modules: their services, and publishing them as their teams would.
 */
@NullMarked
package dev.pergola.standalone.samples;

import org.jspecify.annotations.NullMarked;
