/**
 * Remembers which registry a person uses, and with which team token.
 */
@NullMarked
package dev.pergola.cli.login;

import org.jspecify.annotations.NullMarked;
