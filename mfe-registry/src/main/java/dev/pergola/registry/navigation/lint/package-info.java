/**
 * Looks for what is wrong with a navigation before people see it.
 */
@NullMarked
package dev.pergola.registry.navigation.lint;

import org.jspecify.annotations.NullMarked;
