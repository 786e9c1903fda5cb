/**
 * Programs an operator allows an agent to be.
 */
@NullMarked
package dev.pergola.bridge.runner;

import org.jspecify.annotations.NullMarked;
