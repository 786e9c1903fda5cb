/**
 * Watches a request from its arrival to its end, whichever way it takes.
 */
@NullMarked
package dev.pergola.bff.observe;

import org.jspecify.annotations.NullMarked;
