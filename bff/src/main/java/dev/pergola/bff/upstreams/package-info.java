/**
 * How modules' services are doing, as administrators see it.
 */
@NullMarked
package dev.pergola.bff.upstreams;

import org.jspecify.annotations.NullMarked;
