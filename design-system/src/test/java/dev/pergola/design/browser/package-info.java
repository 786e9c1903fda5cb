/**
 * Drives the gallery in a real browser.
 */
@NullMarked
package dev.pergola.design.browser;

import org.jspecify.annotations.NullMarked;
