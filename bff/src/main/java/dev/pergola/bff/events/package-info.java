/**
 * Events pushed to browsers, one stream each.
 */
@NullMarked
package dev.pergola.bff.events;

import org.jspecify.annotations.NullMarked;
