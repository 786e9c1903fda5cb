package dev.pergola.bff.agents;

import java.net.URI;

import dev.pergola.manifests.Agent;
import org.jspecify.annotations.Nullable;

/**
 * An agent as one person's version of a module offers it.
 *
 * @param upstreamUrl address of the module's own service, {@code null} when it has none
 * @param team team that owns the module, {@code null} where that is not known
 */
record AgentOffer(String module, Agent agent, @Nullable URI upstreamUrl, @Nullable String team) {

}
