/**
 * One JSON object a line, as a team writes it in an afternoon.
 */
@NullMarked
package dev.pergola.bridge.driver.ndjson;

import org.jspecify.annotations.NullMarked;
