/**
 * Calls of the registry to addresses that somebody else gave it.
 */
@NullMarked
package dev.pergola.registry.egress;

import org.jspecify.annotations.NullMarked;
