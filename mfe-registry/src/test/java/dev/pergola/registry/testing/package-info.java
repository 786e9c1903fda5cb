/**
 * What the registry's tests share.
 */
@NullMarked
package dev.pergola.registry.testing;

import org.jspecify.annotations.NullMarked;
