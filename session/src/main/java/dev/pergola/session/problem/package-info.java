/**
 * Answers that say what went wrong: problems for programs, plain pages for people.
 */
@NullMarked
package dev.pergola.session.problem;

import org.jspecify.annotations.NullMarked;
