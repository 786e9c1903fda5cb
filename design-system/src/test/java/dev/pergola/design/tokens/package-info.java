/**
 * Reads the design tokens and writes what is generated from them.
 */
@NullMarked
package dev.pergola.design.tokens;

import org.jspecify.annotations.NullMarked;
