/**
 * How many calls a person, a program, a tenant and a module may make.
 */
@NullMarked
package dev.pergola.bff.limits;

import org.jspecify.annotations.NullMarked;
