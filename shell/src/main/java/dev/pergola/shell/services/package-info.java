/**
 * Modules' services, as administrators see them.
 */
@NullMarked
package dev.pergola.shell.services;

import org.jspecify.annotations.NullMarked;
