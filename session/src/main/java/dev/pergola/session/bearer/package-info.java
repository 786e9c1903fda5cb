/**
 * Calls that bring their own access token.
 */
@NullMarked
package dev.pergola.session.bearer;

import org.jspecify.annotations.NullMarked;
