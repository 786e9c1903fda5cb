/**
 * Sample module: partnerships, as a team would write it.
 */
@NullMarked
package dev.pergola.samples.partnerships;

import org.jspecify.annotations.NullMarked;
