/**
 * Which answers are compressed on their way to the browser, and what becomes of their
 * entity tags.
 */
@NullMarked
package dev.pergola.bff.compression;

import org.jspecify.annotations.NullMarked;
