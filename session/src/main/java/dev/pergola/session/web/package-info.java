/**
 * The session's own addresses.
 */
@NullMarked
package dev.pergola.session.web;

import org.jspecify.annotations.NullMarked;
