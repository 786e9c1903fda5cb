/**
 * What all controllers share: problems and documents.
 */
@NullMarked
package dev.pergola.registry.web;

import org.jspecify.annotations.NullMarked;
