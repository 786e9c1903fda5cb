/**
 * The registry: takes manifests and bundles, resolves the catalog and lets others watch
 * it.
 */
@NullMarked
package dev.pergola.registry;

import org.jspecify.annotations.NullMarked;
