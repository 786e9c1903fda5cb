/**
 * HTML of upstreams as parts of portal pages: fetched, sanitised, placed.
 */
@NullMarked
package dev.pergola.shell.fragment;

import org.jspecify.annotations.NullMarked;
