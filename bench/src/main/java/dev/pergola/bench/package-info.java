/**
 * Side-by-side benchmarks of the parts that must stay fast.
 */
@NullMarked
package dev.pergola.bench;

import org.jspecify.annotations.NullMarked;
