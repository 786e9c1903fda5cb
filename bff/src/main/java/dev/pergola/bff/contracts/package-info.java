/**
 * Calls held against what modules' services say of themselves in OpenAPI.
 */
@NullMarked
package dev.pergola.bff.contracts;

import org.jspecify.annotations.NullMarked;
