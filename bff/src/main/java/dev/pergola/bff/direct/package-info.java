/**
 * The short way of a plain call: from the browser's connection to the upstream's and
 * back, with the same rules as the long way through WebFlux and the gateway's filters.
 */
@NullMarked
package dev.pergola.bff.direct;

import org.jspecify.annotations.NullMarked;
