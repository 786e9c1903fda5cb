/**
 * The page around every page: banner, navigation, texts and security headers.
 */
@NullMarked
package dev.pergola.shell.layout;

import org.jspecify.annotations.NullMarked;
