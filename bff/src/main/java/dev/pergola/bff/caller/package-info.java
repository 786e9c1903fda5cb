/**
 * Who calls, and with which access token.
 */
@NullMarked
package dev.pergola.bff.caller;

import org.jspecify.annotations.NullMarked;
