/**
 * Runs command-line agents and speaks resumable AG-UI over HTTP.
 */
@NullMarked
package dev.pergola.bridge;

import org.jspecify.annotations.NullMarked;
