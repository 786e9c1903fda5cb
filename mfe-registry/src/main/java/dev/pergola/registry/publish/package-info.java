/**
 * Publishing: from an upload through the gate to a version that never changes.
 */
@NullMarked
package dev.pergola.registry.publish;

import org.jspecify.annotations.NullMarked;
