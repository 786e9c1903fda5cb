/**
 * Sign-in at the OpenID Connect provider.
 */
@NullMarked
package dev.pergola.session.login;

import org.jspecify.annotations.NullMarked;
