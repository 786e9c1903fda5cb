package dev.pergola.bridge.agui;

import tools.jackson.databind.JsonNode;

/**
 * Answer to an interrupt that ended an earlier run: an entry of AG-UI's `resume`.
 *
 * @param interruptId Interrupt it answers.
 * @param resolved Whether somebody answered; {@code false} where it was abandoned.
 * @param payload The answer; a missing node where there is none.
 */
public record Resume(String interruptId, boolean resolved, JsonNode payload) {

}
