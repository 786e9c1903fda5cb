package dev.pergola.cli.registry;

import tools.jackson.databind.JsonNode;

/**
 * A good answer of the registry.
 *
 * @param tag {@code ETag}, empty when there is none
 */
public record Answer(int status, String tag, JsonNode body) {

}
