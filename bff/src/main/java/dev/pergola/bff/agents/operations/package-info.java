/**
 * What administrators see of agents' runs, and how they stop them.
 */
@NullMarked
package dev.pergola.bff.agents.operations;

import org.jspecify.annotations.NullMarked;
