/**
 * Who may call what.
 */
@NullMarked
package dev.pergola.registry.security;

import org.jspecify.annotations.NullMarked;
