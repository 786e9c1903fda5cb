/**
 * Removal of content that no version names.
 */
@NullMarked
package dev.pergola.registry.content;

import org.jspecify.annotations.NullMarked;
