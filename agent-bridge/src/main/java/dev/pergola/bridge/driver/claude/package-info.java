/**
 * Claude Code's {@code stream-json} on both sides.
 */
@NullMarked
package dev.pergola.bridge.driver.claude;

import org.jspecify.annotations.NullMarked;
