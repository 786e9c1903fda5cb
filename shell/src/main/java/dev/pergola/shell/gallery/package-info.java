/**
 * The gallery of the design system, in the portal's layout.
 */
@NullMarked
package dev.pergola.shell.gallery;

import org.jspecify.annotations.NullMarked;
