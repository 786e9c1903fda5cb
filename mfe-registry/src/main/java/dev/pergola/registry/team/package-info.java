/**
 * Teams: their access tokens and the hosts their upstreams may have.
 */
@NullMarked
package dev.pergola.registry.team;

import org.jspecify.annotations.NullMarked;
