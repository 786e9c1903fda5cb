/**
 * How many tokens of language models the agents of a team may spend in a day.
 */
@NullMarked
package dev.pergola.bff.agents.budgets;

import org.jspecify.annotations.NullMarked;
