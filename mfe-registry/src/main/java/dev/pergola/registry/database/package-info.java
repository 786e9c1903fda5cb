/**
 * The registry's own database, apart from any other the process may have.
 */
@NullMarked
package dev.pergola.registry.database;

import org.jspecify.annotations.NullMarked;
