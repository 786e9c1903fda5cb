/**
 * How programs are spoken with, each in its own format, over standard input and output.
 */
@NullMarked
package dev.pergola.bridge.driver;

import org.jspecify.annotations.NullMarked;
