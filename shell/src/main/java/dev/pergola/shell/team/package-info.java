/**
 * The page of a team, in the console of administrators and in that of module teams.
 */
@NullMarked
package dev.pergola.shell.team;

import org.jspecify.annotations.NullMarked;
