/**
 * The entrance itself: what may come in over a connection, how much of it and how slowly.
 */
@NullMarked
package dev.pergola.bff.server;

import org.jspecify.annotations.NullMarked;
