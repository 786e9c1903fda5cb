/**
 * What the consoles of administrators and module teams share: the registry, asked on
 * behalf of the person.
 */
@NullMarked
package dev.pergola.shell.console;

import org.jspecify.annotations.NullMarked;
