/**
 * Access tokens of sessions and their refresh.
 */
@NullMarked
package dev.pergola.session.token;

import org.jspecify.annotations.NullMarked;
