/**
 * How versions of modules fare in people's browsers.
 */
@NullMarked
package dev.pergola.registry.health;

import org.jspecify.annotations.NullMarked;
