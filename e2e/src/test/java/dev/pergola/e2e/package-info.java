/**
 * The running platform as people meet it: in a browser, through its addresses.
 */
@NullMarked
package dev.pergola.e2e;

import org.jspecify.annotations.NullMarked;
