/**
 * What stands in for the model API, so that Claude Code runs without key and network.
 */
@NullMarked
package dev.pergola.samples.agents.claude;

import org.jspecify.annotations.NullMarked;
