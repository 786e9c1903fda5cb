/**
 * Tests of what {@code @pergola/client} is besides its scripts: its types and its
 * package.
 */
@NullMarked
package dev.pergola.shell.client;

import org.jspecify.annotations.NullMarked;
