/**
 * Descriptions of services (OpenAPI), as far as they may be read.
 */
@NullMarked
package dev.pergola.manifests.openapi;

import org.jspecify.annotations.NullMarked;
