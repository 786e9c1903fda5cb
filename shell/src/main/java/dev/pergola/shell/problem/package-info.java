/**
 * What the portal says when it cannot do what was asked: as a page to people, as a
 * problem (RFC 9457) to programs.
 */
@NullMarked
package dev.pergola.shell.problem;

import org.jspecify.annotations.NullMarked;
