/**
 * Writes what is generated of the design system: tokens as CSS, style sheet, icons, lit
 * and the gallery's pages. Not part of the jar.
 */
@NullMarked
package dev.pergola.design.generate;

import org.jspecify.annotations.NullMarked;
