/**
 * What agents over HTTP speak: the request each format takes, and its answer as AG-UI
 * events.
 */
@NullMarked
package dev.pergola.bff.formats;

import org.jspecify.annotations.NullMarked;
