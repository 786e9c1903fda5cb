package dev.pergola.manifests;

/**
 * An agent that is a path of the module's upstream.
 *
 * @param path path without parameters, such as {@code /agents/deal-researcher}
 * @param format what it streams
 */
public record AgentHttp(String path, AgentFormat format) {

}
