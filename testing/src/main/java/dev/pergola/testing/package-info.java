/**
 * What tests of several modules share.
 */
@NullMarked
package dev.pergola.testing;

import org.jspecify.annotations.NullMarked;
