/**
 * Tests of the browser runtime in a real browser, against a portal that says what a test
 * wants it to say.
 */
@NullMarked
package dev.pergola.shell.browser;

import org.jspecify.annotations.NullMarked;
