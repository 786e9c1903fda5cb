package dev.pergola.bff.agents;

import dev.pergola.bff.agui.NextEvent;
import org.jspecify.annotations.Nullable;

/**
 * An AG-UI event of an upstream.
 *
 * @param id what the upstream calls it, {@code null} where it has no name
 */
record UpstreamEvent(@Nullable String id, NextEvent next) {

}
