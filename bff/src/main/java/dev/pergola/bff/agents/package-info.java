/**
 * Agents a person may use, their runs, and the logs viewers read.
 */
@NullMarked
package dev.pergola.bff.agents;

import org.jspecify.annotations.NullMarked;
