/**
 * The console of administrators: modules, rollouts, navigation, audit.
 */
@NullMarked
package dev.pergola.shell.admin;

import org.jspecify.annotations.NullMarked;
