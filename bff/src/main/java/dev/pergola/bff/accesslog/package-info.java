/**
 * One line of JSON for each finished request.
 */
@NullMarked
package dev.pergola.bff.accesslog;

import org.jspecify.annotations.NullMarked;
