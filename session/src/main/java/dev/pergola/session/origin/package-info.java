/**
 * Where a request comes from: anti-forgery and the headers that keep other origins out.
 */
@NullMarked
package dev.pergola.session.origin;

import org.jspecify.annotations.NullMarked;
