/**
 * Descriptions of modules' services (OpenAPI 3.0 and 3.1): read within bounds, and
 * compared with those that are live.
 */
@NullMarked
package dev.pergola.registry.openapi;

import org.jspecify.annotations.NullMarked;
