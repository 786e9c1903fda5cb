/**
 * The bff beside what it is measured against: the stock gateway, nginx and haproxy.
 */
@NullMarked
package dev.pergola.bench.proxy;

import org.jspecify.annotations.NullMarked;
