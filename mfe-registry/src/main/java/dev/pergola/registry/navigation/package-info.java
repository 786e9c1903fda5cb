/**
 * The administrators' overlay over the navigation that manifests propose.
 */
@NullMarked
package dev.pergola.registry.navigation;

import org.jspecify.annotations.NullMarked;
