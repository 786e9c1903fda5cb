/**
 * The portal session: sign-in, access token refresh, anti-forgery and logout.
 */
@NullMarked
package dev.pergola.session;

import org.jspecify.annotations.NullMarked;
