/**
 * The contract between module teams and the portal: manifests, their schema and their
 * rules.
 */
@NullMarked
package dev.pergola.manifests;

import org.jspecify.annotations.NullMarked;
