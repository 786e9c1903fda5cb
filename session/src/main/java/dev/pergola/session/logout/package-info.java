/**
 * Sign-out: by the person, or by the provider over the back channel.
 */
@NullMarked
package dev.pergola.session.logout;

import org.jspecify.annotations.NullMarked;
