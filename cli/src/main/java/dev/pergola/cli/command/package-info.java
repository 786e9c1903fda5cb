/**
 * The commands, their options and what they print.
 */
@NullMarked
package dev.pergola.cli.command;

import org.jspecify.annotations.NullMarked;
