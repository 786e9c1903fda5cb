/**
 * Which addresses are the portal's own, and which of them belong to modules.
 */
@NullMarked
package dev.pergola.shell.address;

import org.jspecify.annotations.NullMarked;
