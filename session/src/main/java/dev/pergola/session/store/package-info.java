/**
 * The session itself: its cookie, its store and what it holds.
 */
@NullMarked
package dev.pergola.session.store;

import org.jspecify.annotations.NullMarked;
