/**
 * Calls the registry.
 */
@NullMarked
package dev.pergola.cli.registry;

import org.jspecify.annotations.NullMarked;
