/**
 * Agents' streams through the portal, beside a direct connection and the stock gateway.
 */
@NullMarked
package dev.pergola.bench.streams;

import org.jspecify.annotations.NullMarked;
