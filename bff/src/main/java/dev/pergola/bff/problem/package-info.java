/**
 * What can go wrong here, and how it is told: RFC 9457 problems with a trace id.
 */
@NullMarked
package dev.pergola.bff.problem;

import org.jspecify.annotations.NullMarked;
