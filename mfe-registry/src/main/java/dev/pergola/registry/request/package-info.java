/**
 * What a request must be, and the reasons it is refused; unaware of HTTP statuses.
 */
@NullMarked
package dev.pergola.registry.request;

import org.jspecify.annotations.NullMarked;
