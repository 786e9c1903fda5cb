/**
 * What {@code codex exec --json} prints.
 */
@NullMarked
package dev.pergola.bridge.driver.codex;

import org.jspecify.annotations.NullMarked;
