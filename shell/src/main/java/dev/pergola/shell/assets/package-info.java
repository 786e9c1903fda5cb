/**
 * The portal's own static files: found on the class path at start, hashed, compressed and
 * served from memory under an address that changes with their content.
 */
@NullMarked
package dev.pergola.shell.assets;

import org.jspecify.annotations.NullMarked;
