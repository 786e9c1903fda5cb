/**
 * One answer made of several upstreams' answers.
 */
@NullMarked
package dev.pergola.bff.views;

import org.jspecify.annotations.NullMarked;
