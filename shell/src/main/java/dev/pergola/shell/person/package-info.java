/**
 * The person a response is for: who they are, what they may, and how they want to see it.
 */
@NullMarked
package dev.pergola.shell.person;

import org.jspecify.annotations.NullMarked;
