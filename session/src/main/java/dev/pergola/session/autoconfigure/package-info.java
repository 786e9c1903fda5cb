/**
 * Puts the session together for Spring Boot.
 */
@NullMarked
package dev.pergola.session.autoconfigure;

import org.jspecify.annotations.NullMarked;
