/**
 * The way to Redis for what happens behind the calls.
 */
@NullMarked
package dev.pergola.bff.redis;

import org.jspecify.annotations.NullMarked;
