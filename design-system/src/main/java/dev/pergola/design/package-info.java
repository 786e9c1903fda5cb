/**
 * Design tokens, CSS, elements and their gallery, served as static files.
 */
@NullMarked
package dev.pergola.design;

import org.jspecify.annotations.NullMarked;
