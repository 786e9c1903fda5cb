/**
 * The registry under fifty publishers, crashes and thousands of modules.
 */
@NullMarked
package dev.pergola.bench.registry;

import org.jspecify.annotations.NullMarked;
