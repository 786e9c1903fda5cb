package dev.pergola.bff.agents;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An AG-UI event of an upstream.
 *
 * @param id what the upstream calls it, {@code null} where it has no name
 */
record UpstreamEvent(@Nullable String id, ObjectNode event) {

}
