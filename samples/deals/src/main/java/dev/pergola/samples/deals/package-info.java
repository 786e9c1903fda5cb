/**
 * Sample module: deals, as a team would write it.
 */
@NullMarked
package dev.pergola.samples.deals;

import org.jspecify.annotations.NullMarked;
