/**
 * Gateway filters, one concern each.
 */
@NullMarked
package dev.pergola.bff.filter;

import org.jspecify.annotations.NullMarked;
