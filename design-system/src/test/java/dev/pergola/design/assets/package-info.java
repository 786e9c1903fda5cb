/**
 * Rules for the files that are served.
 */
@NullMarked
package dev.pergola.design.assets;

import org.jspecify.annotations.NullMarked;
