/**
 * Agents and their runs, as administrators see and stop them.
 */
@NullMarked
package dev.pergola.shell.agents;

import org.jspecify.annotations.NullMarked;
