/**
 * Tests of the texts that go to the browser.
 */
@NullMarked
package dev.pergola.shell.layout;

import org.jspecify.annotations.NullMarked;
