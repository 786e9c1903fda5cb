/**
 * Modules, their versions and the files of these.
 */
@NullMarked
package dev.pergola.registry.module;

import org.jspecify.annotations.NullMarked;
