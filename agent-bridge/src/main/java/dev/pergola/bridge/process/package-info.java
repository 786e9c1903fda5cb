/**
 * One operating-system process and everything it starts.
 */
@NullMarked
package dev.pergola.bridge.process;

import org.jspecify.annotations.NullMarked;
