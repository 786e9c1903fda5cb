/**
 * Names that only one module can have.
 */
@NullMarked
package dev.pergola.registry.conflict;

import org.jspecify.annotations.NullMarked;
