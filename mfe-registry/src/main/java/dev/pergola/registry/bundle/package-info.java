/**
 * Files of published versions, stored once by the hash of their content.
 */
@NullMarked
package dev.pergola.registry.bundle;

import org.jspecify.annotations.NullMarked;
