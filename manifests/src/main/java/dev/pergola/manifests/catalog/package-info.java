/**
 * What is live now, resolved: the catalog the registry serves and everyone else watches.
 */
@NullMarked
package dev.pergola.manifests.catalog;

import org.jspecify.annotations.NullMarked;
