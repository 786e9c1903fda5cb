/**
 * Revisions: what each did, what was live at one, what is different between two, and the
 * way back.
 */
@NullMarked
package dev.pergola.registry.revision;

import org.jspecify.annotations.NullMarked;
