/**
 * Pages, sign-in, navigation, consoles and the browser runtime.
 */
@NullMarked
package dev.pergola.shell;

import org.jspecify.annotations.NullMarked;
